WITH monthly AS (SELECT strftime('%Y-%m', InvoiceDate) AS month, SUM(Total) AS revenue FROM Invoice GROUP BY month)
SELECT month, revenue, SUM(revenue) OVER (ORDER BY month) AS running_total,
    revenue - LEAD(revenue) OVER (ORDER BY month) AS change
FROM monthly ORDER BY month;
