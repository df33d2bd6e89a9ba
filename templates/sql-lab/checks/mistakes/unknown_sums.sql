WITH bought AS (SELECT InvoiceId, SUM(Quantity) AS tracks FROM InvoiceLine GROUP BY InvoiceId)
SELECT Customer.CustomerId AS customer_id, COUNT(Invoice.InvoiceId) AS invoices, SUM(bought.tracks) AS tracks, SUM(Total) AS spent
FROM Customer LEFT JOIN Invoice ON Invoice.CustomerId = Customer.CustomerId
LEFT JOIN bought ON bought.InvoiceId = Invoice.InvoiceId GROUP BY Customer.CustomerId;
