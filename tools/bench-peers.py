#!/usr/bin/env python3
"""The same work by other programs, on the same machine, for docs/speed.md.

Sanad does not depend on them: `pip install duckdb polars` beside it, run `tools/bench totals match cvr` first (it makes
the input, and says what it counted in DIR/records.check), then

    python3 tools/bench-peers.py DIR

Each is a process of its own; CPU seconds are user and system time of all its threads from the start of the query to
its end, without starting Python; memory is the most of the process. Three runs, the median by CPU time.
"""

import json
import pathlib
import resource
import subprocess
import sys
import time

# Votes of every list and candidate: at each station, and in each contest; the ballots of each outcome. What is shown of
# them is how many figures there are, their sum, and the sum of their squares.
COUNTS = """
with by_station as (
  select station, contest, list as option, count(*) as n from r where outcome = 0 group by all
  union all
  select station, contest, candidate, count(*) from r where candidate is not null group by all
), by_contest as (
  select contest, list as option, count(*) as n from r where outcome = 0 group by all
  union all
  select contest, candidate, count(*) from r where candidate is not null group by all
)
select
  (select list_value(count(*), sum(n)::bigint, sum(n * n)::bigint) from by_station),
  (select list_value(count(*), sum(n)::bigint, sum(n * n)::bigint) from by_contest),
  (select list_value(sum(n)::bigint, sum(n) filter (outcome = 0)::bigint, sum(n) filter (outcome = 1)::bigint,
     sum(n) filter (outcome = 2)::bigint) from (select station, outcome, count(*) as n from r group by all))
"""


def measured(work):
    def cpu():
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return usage.ru_utime + usage.ru_stime

    began, start = cpu(), time.perf_counter()
    answer = work()
    wall, used = time.perf_counter() - start, cpu() - began
    status = pathlib.Path("/proc/self/status").read_text()
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    return {"cpu": used, "wall": wall, "peak": peak * 1024 / 1e6, "answer": answer}


def duckdb_parquet(folder):
    import duckdb

    con = duckdb.connect()
    con.execute(f"create view r as from '{folder}/records.parquet'")
    return measured(lambda: con.execute(COUNTS).fetchall())


def duckdb_memory(folder):
    import duckdb

    con = duckdb.connect()
    con.execute(f"create table r as from '{folder}/records.parquet'")
    return measured(lambda: con.execute(COUNTS).fetchall())


def polars_query(frame):
    import polars as pl

    def votes(*keys):
        def of(option):
            chosen = frame.filter(pl.col(option).is_not_null())
            return chosen.group_by(*keys, option).agg(pl.len().cast(pl.Int64).alias("n")).select("n")

        sums = pl.concat([of("list"), of("candidate")])
        return sums.select(pl.len(), pl.col("n").sum().alias("sum"), (pl.col("n") ** 2).sum().alias("squares"))

    ballots = frame.group_by("station", "outcome").len().group_by("outcome").agg(pl.col("len").sum()).sort("outcome")
    answers = pl.collect_all([votes("station", "contest"), votes("contest"), ballots])
    return [answer.rows() for answer in answers]


def polars_parquet(folder):
    import polars as pl

    return measured(lambda: polars_query(pl.scan_parquet(f"{folder}/records.parquet")))


def polars_memory(folder):
    import polars as pl

    frame = pl.read_parquet(f"{folder}/records.parquet").lazy()
    return measured(lambda: polars_query(frame))


def duckdb_match(folder):
    """Both channels joined, rows that are identical, that differ, and that are on one side only."""
    import duckdb

    con = duckdb.connect()
    con.execute("set enable_progress_bar = false")
    fields = [f"f{n:02}" for n in range(40)]
    same = " and ".join(f"l.{f} = r.{f}" for f in fields)
    read = "read_csv('{}/{}.csv', types = {{'station': 'VARCHAR'}})"
    query = f"""select count(*) filter ({same}), count(*) filter (l.station is not null and r.station is not null),
      count(*) filter (r.station is null), count(*) filter (l.station is null)
      from {read.format(folder, 'left')} l full join {read.format(folder, 'right')} r using (station)"""
    return measured(lambda: con.execute(query).fetchall())


def python_json(folder):
    text = pathlib.Path(f"{folder}/cvr.json").read_bytes()
    return measured(lambda: sum(len(json.loads(text)["CVR"]) for _ in range(50)))


WORK = {
    "DuckDB, totals from Parquet": duckdb_parquet,
    "DuckDB, totals from its own table in memory": duckdb_memory,
    "Polars, totals from Parquet": polars_parquet,
    "Polars, totals from a frame in memory": polars_memory,
    "DuckDB, both channels of 1,000,000 stations joined": duckdb_match,
    "Python's json, cvr.json 50 times, without a check of its form": python_json,
}


def prepare(folder):
    """`records.parquet` from `records.csv`, with the smallest types that hold it; DuckDB writes it, once."""
    import duckdb

    types = "{'station': 'UINTEGER', 'contest': 'UTINYINT', 'outcome': 'UTINYINT', 'list': 'USMALLINT', 'candidate': 'USMALLINT'}"
    read = f"read_csv('{folder}/records.csv', header = true, columns = {types})"
    duckdb.sql("set enable_progress_bar = false")
    duckdb.sql(f"copy (from {read}) to '{folder}/records.parquet' (format parquet)")


def main():
    if len(sys.argv) == 3:
        print(json.dumps(WORK[sys.argv[2]](sys.argv[1]), default=str))
        return
    folder = pathlib.Path(sys.argv[1])
    if not (folder / "records.parquet").exists():
        subprocess.run([sys.executable, "-c", "import sys, runpy; runpy.run_path(sys.argv[1])['prepare'](sys.argv[2])",
                        __file__, str(folder)], check=True)
    print("| what | CPU s | clock s | peak MB |\n| --- | --- | --- | --- |")
    answers = {}
    for name in WORK:
        runs = []
        for _ in range(3):
            run = subprocess.run([sys.executable, __file__, str(folder), name], check=True, capture_output=True, text=True)
            runs.append(json.loads(run.stdout))
        run = sorted(runs, key=lambda run: run["cpu"])[1]
        print(f"| {name} | {run['cpu']:.3f} | {run['wall']:.3f} | {run['peak']:.0f} |", flush=True)
        answers[name] = run["answer"]
    print(f"\nload {pathlib.Path('/proc/loadavg').read_text().strip()}")
    for name, answer in answers.items():
        print(f"{name}: {answer}")
    print("Sanad: " + (folder / "records.check").read_text().strip())


if __name__ == "__main__":
    main()
