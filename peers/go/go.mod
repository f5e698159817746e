module rota-peer-go

go 1.19
