"""Networks beyond memory: exported as Parquet, projected and measured by SQL on DuckDB or Spark."""
