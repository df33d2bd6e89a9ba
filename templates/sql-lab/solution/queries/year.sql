SELECT InvoiceId AS invoice_id, InvoiceDate AS day, Total AS total
FROM Invoice
WHERE InvoiceDate >= '2023-01-01' AND InvoiceDate < '2024-01-01';
