-- What an administrator does to runs by hand. Both keep what the engine relies on: the run is locked before its
-- jobs, what belongs to an ended run is gone with it, and workers are woken.

-- The first ten letters of ids born at that moment: where a range of them begins.
CREATE OR REPLACE FUNCTION inngest_ulid_time(born_at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + (millis >> (5 * (9 - i)) & 31)::integer, 1), '' ORDER BY i)
  FROM (SELECT floor(extract(epoch FROM born_at) * 1000)::bigint AS millis) born, generate_series(0, 9) AS i
$$;

-- An id like the engine's own: time and chance in Crockford's base 32, so that it sorts by birth.
CREATE OR REPLACE FUNCTION inngest_ulid(born_at timestamptz) RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT inngest_ulid_time(born_at) || string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + (get_byte(chance, i) & 31), 1), '')
  FROM (SELECT uuid_send(gen_random_uuid()) AS chance) random, generate_series(0, 15) AS i
$$;

-- Ends a run and drops whatever is queued for it. A step that is under way ends for nothing: its answer finds no
-- active run. False when the run is over already, or unknown.
CREATE OR REPLACE FUNCTION inngest_cancel_run(cancelled_id text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  UPDATE inngest_runs SET status = 'cancelled', ended_at = clock_timestamp(), pending = '{}'
  WHERE id = cancelled_id AND status = 'running';
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM inngest_jobs WHERE run_id = cancelled_id;
  DELETE FROM inngest_waits WHERE run_id = cancelled_id;
  PERFORM pg_notify('inngest', '');
  RETURN true;
END $$;

-- Starts one new run from the event of a failed or cancelled one; asked again, it tells the same run. The key makes
-- it one, and remembers which run repeats which. Null when there is nothing to repeat, or when the function may
-- have one run at a time and has it.
CREATE OR REPLACE FUNCTION inngest_retry_run(original_id text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  repeated inngest_runs;
BEGIN
  INSERT INTO inngest_runs
    (id, function_id, events, concurrency_keys, concurrency_limits, singleton_key, idempotency_key)
  SELECT inngest_ulid(clock_timestamp()), function_id, events, concurrency_keys, concurrency_limits, singleton_key,
    'retry:' || id
  FROM inngest_runs WHERE id = original_id AND status IN ('failed', 'cancelled')
  ON CONFLICT DO NOTHING
  RETURNING * INTO repeated;
  IF repeated.id IS NULL THEN
    RETURN (SELECT id FROM inngest_runs WHERE idempotency_key = 'retry:' || original_id);
  END IF;
  INSERT INTO inngest_jobs (id, kind, function_id, run_id, concurrency_keys, concurrency_limits)
  VALUES (repeated.id || ':discovery', 'discovery', repeated.function_id, repeated.id,
    repeated.concurrency_keys, repeated.concurrency_limits);
  PERFORM pg_notify('inngest', '');
  RETURN repeated.id;
END $$;
