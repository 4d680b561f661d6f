import type postgres from "postgres";

// Longer lists of parameters come in every length, and a connection forgets none of its statements.
const mostParameters = 60;

type Work = (tx: postgres.TransactionSql) => Promise<unknown>;

/**
 * Lets PostgreSQL parse and plan each query once per connection. drizzle, which asks through `unsafe`, would have it
 * done every time, with a round trip more.
 */
export function preparing(client: postgres.Sql): postgres.Sql {
  const { begin } = client;
  return Object.assign(prepared(client), { begin: (work: Work) => begin(inside(work)) });
}

/** Transactions and savepoints have a client of their own. */
const inside = (work: Work) => (tx: postgres.TransactionSql) => {
  const { savepoint } = tx;
  return work(Object.assign(prepared(tx), { savepoint: (deeper: Work) => savepoint(inside(deeper)) }));
};

function prepared<S extends postgres.Sql | postgres.TransactionSql>(client: S): S {
  const { unsafe } = client;
  const withPlan: typeof unsafe = (query, parameters, options) =>
    unsafe(query, parameters, { ...options, prepare: (parameters?.length ?? 0) <= mostParameters });
  return Object.assign(client, { unsafe: withPlan });
}
