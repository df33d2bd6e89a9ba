SELECT Customer.CustomerId AS customer_id, COUNT(DISTINCT Invoice.InvoiceId) AS invoices,
    COUNT(InvoiceLineId) AS tracks, COALESCE(SUM(UnitPrice * Quantity), 0) AS spent
FROM Customer LEFT JOIN Invoice ON Invoice.CustomerId = Customer.CustomerId
LEFT JOIN InvoiceLine ON InvoiceLine.InvoiceId = Invoice.InvoiceId GROUP BY Customer.CustomerId;
