SELECT InvoiceId AS invoice_id, InvoiceDate AS day, Total AS total
FROM Invoice WHERE InvoiceDate >= '2023' AND InvoiceDate < '2024';
