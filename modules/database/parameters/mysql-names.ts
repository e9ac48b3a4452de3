/**
 * The parameters that people set most. AWS lists the names of no version completely, so that others are accepted.
 * Sources: Aurora user guide, "Aurora MySQL configuration parameters"; MySQL 8.4 reference manual, "Server System Variables".
 */
export const COMMON_NAMES: readonly string[] = (
  "activate_all_roles_on_login aurora_binlog_replication_max_yield_seconds aurora_enable_zdr aurora_parallel_query " +
  "auto_increment_increment auto_increment_offset autocommit automatic_sp_privileges aws_default_lambda_role " +
  "aws_default_s3_role back_log binlog-do-db binlog-ignore-db binlog_cache_size binlog_checksum binlog_format " +
  "binlog_group_commit_sync_delay binlog_group_commit_sync_no_delay_count binlog_order_commits binlog_row_image " +
  "binlog_row_metadata binlog_row_value_options binlog_rows_query_log_events binlog_stmt_cache_size " +
  "binlog_transaction_compression bulk_insert_buffer_size character_set_client character_set_connection " +
  "character_set_database character_set_filesystem character_set_results character_set_server collation_connection " +
  "collation_server completion_type concurrent_insert connect_timeout default_storage_engine " +
  "default_tmp_storage_engine default_week_format div_precision_increment end_markers_in_json " +
  "enforce_gtid_consistency eq_range_index_dive_limit event_scheduler explicit_defaults_for_timestamp general_log " +
  "group_concat_max_len gtid-mode host_cache_size init_connect innodb_adaptive_hash_index innodb_autoinc_lock_mode " +
  "innodb_buffer_pool_chunk_size innodb_buffer_pool_instances innodb_buffer_pool_size innodb_change_buffering " +
  "innodb_deadlock_detect innodb_default_row_format innodb_file_per_table innodb_flush_log_at_timeout " +
  "innodb_flush_log_at_trx_commit innodb_flush_method innodb_flush_neighbors innodb_ft_enable_stopword " +
  "innodb_ft_max_token_size innodb_ft_min_token_size innodb_io_capacity innodb_io_capacity_max " +
  "innodb_lock_wait_timeout innodb_log_buffer_size innodb_lru_scan_depth innodb_max_dirty_pages_pct " +
  "innodb_monitor_disable innodb_monitor_enable innodb_old_blocks_pct innodb_old_blocks_time " +
  "innodb_online_alter_log_max_size innodb_open_files innodb_page_cleaners innodb_print_all_deadlocks " +
  "innodb_purge_batch_size innodb_purge_threads innodb_read_io_threads innodb_redo_log_capacity " +
  "innodb_rollback_on_timeout innodb_rollback_segments innodb_sort_buffer_size innodb_spin_wait_delay " +
  "innodb_stats_auto_recalc innodb_stats_persistent innodb_stats_persistent_sample_pages innodb_strict_mode " +
  "innodb_sync_array_size innodb_table_locks innodb_thread_concurrency innodb_write_io_threads interactive_timeout " +
  "internal_tmp_mem_storage_engine join_buffer_size key_buffer_size lc_time_names local_infile lock_wait_timeout " +
  "log_bin_trust_function_creators log_error_verbosity log_output log_queries_not_using_indexes " +
  "log_throttle_queries_not_using_indexes long_query_time lower_case_table_names max_allowed_packet " +
  "max_binlog_cache_size max_binlog_size max_connect_errors max_connections max_digest_length max_error_count " +
  "max_execution_time max_heap_table_size max_join_size max_prepared_stmt_count max_sort_length " +
  "max_sp_recursion_depth max_user_connections max_write_lock_count min_examined_row_limit net_buffer_length " +
  "net_read_timeout net_retry_count net_write_timeout optimizer_prune_level optimizer_search_depth optimizer_switch " +
  "optimizer_trace performance_schema query_alloc_block_size query_prealloc_size range_alloc_block_size " +
  "range_optimizer_max_mem_size read_buffer_size read_only read_rnd_buffer_size replica_parallel_workers " +
  "replica_preserve_commit_order replica_skip_errors replica_transaction_retries replicate-do-db replicate-do-table " +
  "replicate-ignore-db replicate-ignore-table replicate-wild-do-table replicate-wild-ignore-table " +
  "server_audit_events server_audit_excl_users server_audit_incl_users server_audit_logging session_track_gtids " +
  "slow_launch_time slow_query_log sort_buffer_size source_verify_checksum sql_mode sql_require_primary_key " +
  "stored_program_cache sync_binlog table_definition_cache table_open_cache table_open_cache_instances " +
  "temptable_max_mmap temptable_max_ram thread_cache_size thread_stack time_zone tls_version tmp_table_size " +
  "transaction_alloc_block_size transaction_isolation transaction_prealloc_size updatable_views_with_limit " +
  "wait_timeout"
).split(" ");
