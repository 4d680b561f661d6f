-- Hands a worker up to `slots` due jobs of the functions it knows, oldest first, each under a lease of its own.
-- Claims queue behind one lock, so counting the steps in flight per concurrency key is exact across processes.
-- `mine` are the leases the worker still works under: a process that was too busy to prolong them keeps its jobs.
-- A job whose key is full is parked out of the due index; `freed` names a key once per step that ended since the
-- worker's last claim, and as many parked jobs come back. What a crash leaves parked, inngest_unpark finds.
CREATE OR REPLACE FUNCTION inngest_claim(
  worker text, functions text[], slots integer, lease interval, freed text[], mine uuid[]
) RETURNS SETOF inngest_jobs LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz;
  held jsonb;
  candidate inngest_jobs;
  full_key text;
BEGIN
  -- A lease lost with the server's memory is only a lease that expires.
  PERFORM set_config('synchronous_commit', 'off', true);
  PERFORM pg_advisory_xact_lock(hashtextextended('inngest:claim', 0));
  moment := clock_timestamp();

  UPDATE inngest_jobs SET parked_on = NULL, visible_at = run_at WHERE id IN (
    SELECT parked.id
    FROM (SELECT key, count(*) AS times FROM unnest(freed) AS key GROUP BY key) slot,
      LATERAL (SELECT id FROM inngest_jobs WHERE parked_on = slot.key ORDER BY run_at LIMIT slot.times) parked
  );

  SELECT coalesce(jsonb_object_agg(key, steps), '{}') INTO held FROM (
    SELECT key, count(*) AS steps
    FROM inngest_jobs, unnest(concurrency_keys) AS key WHERE lease_token IS NOT NULL GROUP BY key
  ) in_flight;

  FOR candidate IN
    SELECT due.*
    FROM unnest(functions) AS known(id), LATERAL (
      SELECT * FROM inngest_jobs
      WHERE function_id = known.id AND visible_at <= moment AND (lease_token IS NULL OR lease_token <> ALL (mine))
      ORDER BY visible_at LIMIT slots
    ) due
    ORDER BY due.visible_at, due.run_at LIMIT slots
  LOOP
    -- Whoever applies or cancels it at this moment wins.
    PERFORM FROM inngest_jobs
    WHERE id = candidate.id AND visible_at = candidate.visible_at
      AND lease_token IS NOT DISTINCT FROM candidate.lease_token
    FOR UPDATE SKIP LOCKED;
    CONTINUE WHEN NOT FOUND;

    -- An expired lease still counts as a step in flight: its own.
    SELECT entry.key INTO full_key
    FROM unnest(candidate.concurrency_keys, candidate.concurrency_limits) AS entry(key, cap)
    WHERE coalesce((held ->> entry.key)::integer, 0) - (candidate.lease_token IS NOT NULL)::integer >= entry.cap
    LIMIT 1;

    IF full_key IS NOT NULL THEN
      UPDATE inngest_jobs
      SET parked_on = full_key, visible_at = NULL, lease_token = NULL, lease_owner = NULL
      WHERE id = candidate.id;
      CONTINUE;
    END IF;

    IF candidate.lease_token IS NULL AND cardinality(candidate.concurrency_keys) > 0 THEN
      SELECT held || jsonb_object_agg(key, coalesce((held ->> key)::integer, 0) + 1) INTO held
      FROM unnest(candidate.concurrency_keys) AS key;
    END IF;
    RETURN QUERY
      UPDATE inngest_jobs
      SET lease_token = gen_random_uuid(), lease_owner = worker, leased_at = moment, visible_at = moment + lease,
        lost = lost + (candidate.lease_token IS NOT NULL)::integer
      WHERE id = candidate.id
      RETURNING *;
  END LOOP;
END $$;

-- Brings parked jobs back whose key has room, for the wake-ups a crash has swallowed.
CREATE OR REPLACE FUNCTION inngest_unpark() RETURNS bigint LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('inngest:claim', 0));
  WITH RECURSIVE parked(key) AS (
    (SELECT parked_on FROM inngest_jobs WHERE parked_on IS NOT NULL ORDER BY parked_on LIMIT 1)
    UNION ALL
    SELECT (SELECT parked_on FROM inngest_jobs WHERE parked_on > parked.key ORDER BY parked_on LIMIT 1)
    FROM parked WHERE parked.key IS NOT NULL
  ), in_flight AS (
    SELECT key, count(*) AS steps
    FROM inngest_jobs, unnest(concurrency_keys) AS key WHERE lease_token IS NOT NULL GROUP BY key
  ), brought_back AS (
    UPDATE inngest_jobs SET parked_on = NULL, visible_at = run_at WHERE id IN (
      SELECT waiting.id
      FROM parked LEFT JOIN in_flight USING (key), LATERAL (
        SELECT id, concurrency_limits[array_position(concurrency_keys, parked.key)] AS cap, row_number() OVER () AS turn
        FROM (SELECT * FROM inngest_jobs WHERE parked_on = parked.key ORDER BY run_at LIMIT 50) oldest
      ) waiting
      WHERE waiting.turn + coalesce(in_flight.steps, 0) <= waiting.cap
    )
    RETURNING 1
  )
  SELECT count(*) FROM brought_back
$$;

-- Makes the leases of dead workers expire now: a living one holds an advisory lock named like itself.
CREATE OR REPLACE FUNCTION inngest_expire_dead_workers() RETURNS bigint LANGUAGE sql AS $$
  WITH dead AS MATERIALIZED (
    SELECT owner FROM (
      SELECT DISTINCT lease_owner AS owner FROM inngest_jobs WHERE lease_token IS NOT NULL
    ) owners
    WHERE pg_try_advisory_xact_lock(hashtextextended('inngest:worker:' || owner, 0))
  ), expired AS (
    UPDATE inngest_jobs SET visible_at = clock_timestamp()
    FROM dead WHERE lease_owner = dead.owner AND lease_token IS NOT NULL AND visible_at > clock_timestamp()
    RETURNING 1
  )
  SELECT count(*) FROM expired
$$;
