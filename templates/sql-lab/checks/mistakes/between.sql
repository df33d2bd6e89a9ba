SELECT InvoiceId AS invoice_id, InvoiceDate AS day, Total AS total
FROM Invoice WHERE InvoiceDate BETWEEN '2023-01-01' AND '2023-12-31';
