//! SQLite: labels that wait for their files, and what the transmission report tells.
//!
//! The Merkle log is the truth about what was received; nothing here can change it. Losing this file
//! loses the report, and relays send their labels again. Only the sequencer writes, many requests to a
//! transaction; WAL with `synchronous=FULL`, so that a commit is on the disk.

use std::path::Path;

use election::{DeviceId, Digest, StationId};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteRow, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, Row as _};

use crate::report::RefusedConnectionReport;
use crate::{Error, Transport};

/// The first version without a bug that corrupts a database in WAL mode.
const SQLITE: [u32; 3] = [3, 51, 3];

/// Rows of one kind for one certificate or day; more are not kept, so that nobody can fill the disk.
const ROWS: i64 = 1000;

/// Attempts of one label that are kept: each is a part of the report, which has a bound of its own.
const ATTEMPTS: i64 = 100;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS package(
  label BLOB PRIMARY KEY, envelope BLOB NOT NULL, admitted TEXT NOT NULL, address TEXT NOT NULL,
  protocol TEXT NOT NULL, key_exchange TEXT NOT NULL, client BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS attempt(
  id INTEGER PRIMARY KEY, label BLOB NOT NULL, started TEXT NOT NULL, ended TEXT NOT NULL, address TEXT NOT NULL,
  protocol TEXT NOT NULL, key_exchange TEXT NOT NULL, client BLOB NOT NULL,
  bytes INTEGER NOT NULL, outcome TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS attempt_of_label ON attempt(label);
CREATE TABLE IF NOT EXISTS refusal(
  id INTEGER PRIMARY KEY, time TEXT NOT NULL, code TEXT NOT NULL, subject BLOB NOT NULL, station TEXT, device TEXT,
  address TEXT NOT NULL, client BLOB NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS refusal_of_client ON refusal(client);
CREATE TABLE IF NOT EXISTS refused_connection(
  reason TEXT NOT NULL, address TEXT NOT NULL, day TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL,
  count INTEGER NOT NULL, PRIMARY KEY(reason, address, day)) STRICT;
";

/// A label that was admitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Admitted {
    pub label: Digest,
    pub envelope: Vec<u8>,
    pub time: String,
    pub address: String,
    pub transport: Transport,
}

/// One connection's work on one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attempt {
    pub label: Digest,
    pub started: String,
    pub ended: String,
    pub address: String,
    pub transport: Transport,
    pub bytes: u64,
    /// `receipt`, `cut`, or the code of the last refusal.
    pub outcome: String,
}

/// A label or file that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RefusalRow {
    pub time: String,
    pub code: String,
    pub subject: Digest,
    pub station: Option<StationId>,
    pub device: Option<DeviceId>,
    pub address: String,
    pub client: Digest,
}

/// The one writing connection.
pub(crate) struct Database {
    connection: SqliteConnection,
    /// Only reads. While it is open, the end of the other one does not move the write-ahead log into the database: after
    /// a sync that failed nothing more may be written.
    reader: SqliteConnection,
}

impl Database {
    /// Opens or begins the database, and makes sure that a commit is durable: WAL, `synchronous` as given (`FULL`
    /// but in one test), and a SQLite without the bug that corrupts in WAL mode.
    pub(crate) async fn open(path: &Path, synchronous: SqliteSynchronous) -> Result<Self, Error> {
        let options = SqliteConnectOptions::new().filename(path).disable_statement_logging();
        let writing = options.clone().create_if_missing(true).journal_mode(SqliteJournalMode::Wal);
        let mut connection = writing.synchronous(synchronous).connect().await?;
        let version: String = sqlx::query("SELECT sqlite_version()").fetch_one(&mut connection).await?.get(0);
        if !is_recent(&version) {
            return Err(Error::SqliteTooOld(version));
        }
        // SQLite answers a journal mode that a disk cannot have with another one, and no error.
        let mode: String = sqlx::query("PRAGMA journal_mode").fetch_one(&mut connection).await?.get(0);
        let found: i64 = sqlx::query("PRAGMA synchronous").fetch_one(&mut connection).await?.get(0);
        if mode != "wal" || found != number(synchronous) {
            return Err(Error::SqliteSettings(format!("journal_mode={mode}, synchronous={found}")));
        }
        let mut reader = options.read_only(true).connect().await?;
        sqlx::query("SELECT count(*) FROM sqlite_schema").fetch_one(&mut reader).await?;
        let mut database = Database { connection, reader };
        match database.prepare(path).await {
            Ok(()) => Ok(database),
            Err(error) => {
                database.abandon().await;
                Err(error)
            }
        }
    }

    async fn prepare(&mut self, path: &Path) -> Result<(), Error> {
        sqlx::raw_sql(SCHEMA).execute(&mut self.connection).await?;
        // The name of the database; those of its journals SQLite syncs itself.
        Ok(durable::confirm(path)?)
    }

    /// Ends without writing anything: after an error of the disk.
    pub(crate) async fn abandon(self) {
        // Errors change nothing any more.
        let _ = self.connection.close().await;
        let _ = self.reader.close().await;
    }

    pub(crate) async fn begin(&mut self) -> Result<(), Error> {
        self.run("BEGIN IMMEDIATE").await
    }

    pub(crate) async fn commit(&mut self) -> Result<(), Error> {
        self.run("COMMIT").await
    }

    async fn run(&mut self, sql: &'static str) -> Result<(), Error> {
        sqlx::query(sql).execute(&mut self.connection).await?;
        Ok(())
    }

    pub(crate) async fn close(self) -> Result<(), Error> {
        self.reader.close().await?;
        Ok(self.connection.close().await?)
    }

    pub(crate) async fn admit(&mut self, row: &Admitted) -> Result<(), Error> {
        sqlx::query("INSERT OR IGNORE INTO package VALUES(?,?,?,?,?,?,?)")
            .bind(&row.label.0[..])
            .bind(&row.envelope)
            .bind(&row.time)
            .bind(&row.address)
            .bind(&row.transport.protocol)
            .bind(&row.transport.group)
            .bind(&row.transport.client.0[..])
            .execute(&mut self.connection)
            .await?;
        Ok(())
    }

    pub(crate) async fn attempt(&mut self, row: &Attempt) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO attempt(label,started,ended,address,protocol,key_exchange,client,bytes,outcome)
             SELECT ?1,?2,?3,?4,?5,?6,?7,?8,?9 WHERE (SELECT count(*) FROM attempt WHERE label = ?1) < ?10",
        )
        .bind(&row.label.0[..])
        .bind(&row.started)
        .bind(&row.ended)
        .bind(&row.address)
        .bind(&row.transport.protocol)
        .bind(&row.transport.group)
        .bind(&row.transport.client.0[..])
        .bind(i64::try_from(row.bytes).unwrap_or(i64::MAX))
        .bind(&row.outcome)
        .bind(ATTEMPTS)
        .execute(&mut self.connection)
        .await?;
        Ok(())
    }

    pub(crate) async fn refusal(&mut self, row: &RefusalRow) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO refusal(time,code,subject,station,device,address,client)
             SELECT ?1,?2,?3,?4,?5,?6,?7 WHERE (SELECT count(*) FROM refusal WHERE client = ?7) < ?8",
        )
        .bind(&row.time)
        .bind(&row.code)
        .bind(&row.subject.0[..])
        .bind(row.station.as_ref().map(StationId::as_str))
        .bind(row.device.as_ref().map(DeviceId::as_str))
        .bind(&row.address)
        .bind(&row.client.0[..])
        .bind(ROWS)
        .execute(&mut self.connection)
        .await?;
        Ok(())
    }

    /// Counts a refused connection; beyond [`ROWS`] addresses a day they share the address `*`.
    pub(crate) async fn refused_connection(&mut self, reason: &str, address: &str, time: &str) -> Result<(), Error> {
        let day = &time[..10];
        let known: i64 = sqlx::query("SELECT count(*) FROM refused_connection WHERE day = ? AND address <> ?")
            .bind(day)
            .bind(address)
            .fetch_one(&mut self.connection)
            .await?
            .get(0);
        sqlx::query(
            "INSERT INTO refused_connection VALUES(?1,?2,?3,?4,?4,1)
             ON CONFLICT DO UPDATE SET last = max(last, ?4), count = count + 1",
        )
        .bind(reason)
        .bind(if known < ROWS { address } else { "*" })
        .bind(day)
        .bind(time)
        .execute(&mut self.connection)
        .await?;
        Ok(())
    }

    /// Every label ever admitted, in order of its hash.
    pub(crate) async fn packages(&mut self) -> Result<Vec<Admitted>, Error> {
        let rows = sqlx::query("SELECT * FROM package ORDER BY label").fetch_all(&mut self.connection).await?;
        let read = |row: &SqliteRow| {
            Ok(Admitted {
                label: digest(row, "label")?,
                envelope: row.try_get("envelope")?,
                time: row.try_get("admitted")?,
                address: row.try_get("address")?,
                transport: transport(row)?,
            })
        };
        rows.iter().map(read).collect()
    }

    pub(crate) async fn attempts(&mut self) -> Result<Vec<Attempt>, Error> {
        let rows = sqlx::query("SELECT * FROM attempt ORDER BY id").fetch_all(&mut self.connection).await?;
        let read = |row: &SqliteRow| {
            Ok(Attempt {
                label: digest(row, "label")?,
                started: row.try_get("started")?,
                ended: row.try_get("ended")?,
                address: row.try_get("address")?,
                transport: transport(row)?,
                bytes: row.try_get::<i64, _>("bytes")?.try_into().unwrap_or(0),
                outcome: row.try_get("outcome")?,
            })
        };
        rows.iter().map(read).collect()
    }

    pub(crate) async fn refusals(&mut self) -> Result<Vec<RefusalRow>, Error> {
        let rows = sqlx::query("SELECT * FROM refusal ORDER BY id").fetch_all(&mut self.connection).await?;
        let read = |row: &SqliteRow| {
            Ok(RefusalRow {
                time: row.try_get("time")?,
                code: row.try_get("code")?,
                subject: digest(row, "subject")?,
                station: id(row, "station")?,
                device: id(row, "device")?,
                address: row.try_get("address")?,
                client: digest(row, "client")?,
            })
        };
        rows.iter().map(read).collect()
    }

    pub(crate) async fn refused_connections(&mut self) -> Result<Vec<RefusedConnectionReport>, Error> {
        let rows = sqlx::query("SELECT * FROM refused_connection ORDER BY day, reason, address")
            .fetch_all(&mut self.connection)
            .await?;
        let read = |row: &SqliteRow| {
            Ok(RefusedConnectionReport {
                reason: row.try_get("reason")?,
                address: row.try_get("address")?,
                first: row.try_get("first")?,
                last: row.try_get("last")?,
                count: row.try_get("count")?,
            })
        };
        rows.iter().map(read).collect()
    }
}

fn digest(row: &SqliteRow, column: &str) -> Result<Digest, Error> {
    let bytes: Vec<u8> = row.try_get(column)?;
    let bytes = bytes.try_into().map_err(|_| sqlx::Error::Decode("a hash has 32 bytes".into()))?;
    Ok(Digest(bytes))
}

fn id<T: std::str::FromStr<Err = election::IdError>>(row: &SqliteRow, column: &str) -> Result<Option<T>, Error> {
    let text: Option<String> = row.try_get(column)?;
    Ok(text.map(|text| text.parse()).transpose().map_err(|e: election::IdError| sqlx::Error::Decode(e.into()))?)
}

fn transport(row: &SqliteRow) -> Result<Transport, Error> {
    Ok(Transport {
        protocol: row.try_get("protocol")?,
        group: row.try_get("key_exchange")?,
        client: digest(row, "client")?,
    })
}

/// As the pragma tells it.
fn number(synchronous: SqliteSynchronous) -> i64 {
    match synchronous {
        SqliteSynchronous::Off => 0,
        SqliteSynchronous::Normal => 1,
        SqliteSynchronous::Full => 2,
        SqliteSynchronous::Extra => 3,
    }
}

fn is_recent(version: &str) -> bool {
    let parts: Vec<u32> = version.split('.').map_while(|part| part.parse().ok()).collect();
    parts.as_slice() >= &SQLITE[..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_sqlite_is_refused() {
        for old in ["3.51.2", "3.9.9", "2.99.99", "", "x"] {
            assert!(!is_recent(old), "{old}");
        }
        for recent in ["3.51.3", "3.52.0", "4.0.0"] {
            assert!(is_recent(recent), "{recent}");
        }
    }

    /// SQLite falls back to another journal without an error; a service that did not look would acknowledge what a loss
    /// of power takes away.
    #[tokio::test]
    async fn a_database_that_cannot_have_a_write_ahead_log_is_refused() {
        let opened = Database::open(Path::new(":memory:"), SqliteSynchronous::Full).await;
        assert!(matches!(opened.err(), Some(Error::SqliteSettings(what)) if what.contains("journal_mode=memory")));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("intake.sqlite");
        Database::open(&path, SqliteSynchronous::Full).await.unwrap().close().await.unwrap();
        assert!(path.exists());
    }

    #[tokio::test]
    async fn rows_have_a_bound_and_counts_go_on() {
        let folder = tempfile::tempdir().unwrap();
        let mut database = Database::open(&folder.path().join("intake.sqlite"), SqliteSynchronous::Full).await.unwrap();
        let transport = Transport { protocol: "TLSv1.3".into(), group: "X25519".into(), client: Digest([1; 32]) };
        let attempt = Attempt {
            label: Digest([2; 32]),
            started: "2026-11-23T10:00:00Z".into(),
            ended: "2026-11-23T10:00:01Z".into(),
            address: "192.0.2.1".into(),
            transport: transport.clone(),
            bytes: 7,
            outcome: "cut".into(),
        };
        database.begin().await.unwrap();
        for _ in 0..ROWS + 5 {
            database.attempt(&attempt).await.unwrap();
            database.refused_connection("tls.expired", "192.0.2.2", "2026-11-23T10:00:00Z").await.unwrap();
        }
        for host in 0..ROWS + 5 {
            database.refused_connection("tls.cut", &format!("h{host}"), "2026-11-23T11:00:00Z").await.unwrap();
        }
        database.commit().await.unwrap();
        assert_eq!(database.attempts().await.unwrap(), vec![attempt; ATTEMPTS as usize]);
        let refused = database.refused_connections().await.unwrap();
        assert_eq!(refused.iter().map(|r| r.count).sum::<i64>(), 2 * (ROWS + 5));
        assert!(refused.len() <= ROWS as usize + 1, "{}", refused.len());
        let expired = refused.iter().find(|r| r.reason == "tls.expired").unwrap();
        assert_eq!((expired.count, expired.address.as_str()), (ROWS + 5, "192.0.2.2"));
    }
}
