-- Each side is summed up before it is joined, so that no row meets two partners.
WITH bought AS (
    SELECT InvoiceId, SUM(Quantity) AS tracks
    FROM InvoiceLine
    GROUP BY InvoiceId
)
SELECT
    Customer.CustomerId AS customer_id,
    COUNT(Invoice.InvoiceId) AS invoices,
    COALESCE(SUM(bought.tracks), 0) AS tracks,
    COALESCE(SUM(Invoice.Total), 0) AS spent
FROM Customer
LEFT JOIN Invoice ON Invoice.CustomerId = Customer.CustomerId
LEFT JOIN bought ON bought.InvoiceId = Invoice.InvoiceId
GROUP BY Customer.CustomerId;
