#pragma once

#include <filesystem>
#include <string_view>

// The evidence is one log: rows are only ever added at its end, in the order in which things
// happened, so that a transaction touches few pages. Views show it as tables.

namespace sfmkit::mockserver {

inline constexpr std::string_view evidence_file_name = "evidence.sqlite";

/// Where the evidence of a data directory stands.
inline std::filesystem::path evidence_file(const std::filesystem::path& data_dir) {
    return data_dir / evidence_file_name;
}

/// Marks the file as ours (SQLite's application_id): `SFMe`.
inline constexpr int evidence_application_id = 0x53464d65;
inline constexpr int evidence_version = 2;

/// Times are milliseconds since 1970 in UTC. Heads are lines as on the wire, credentials masked.
inline constexpr std::string_view evidence_tables = R"sql(
CREATE TABLE runs(
    id INTEGER PRIMARY KEY, started INTEGER NOT NULL, ended INTEGER, version TEXT NOT NULL,
    imitates TEXT NOT NULL, seed INTEGER NOT NULL, gap INTEGER NOT NULL DEFAULT 0);
CREATE TABLE log(
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, run INTEGER NOT NULL, at INTEGER NOT NULL,
    connection INTEGER, number INTEGER, upload TEXT NOT NULL,
    peer TEXT, method TEXT, target TEXT, fields TEXT, status INTEGER, answer_head TEXT,
    answer_text TEXT, body_bytes INTEGER, offset_before INTEGER, offset_after INTEGER,
    checksum TEXT, auth TEXT, faults TEXT, end TEXT, arrived INTEGER,
    token TEXT, length INTEGER, metadata TEXT, session TEXT, name TEXT, file_type TEXT,
    rule TEXT, severity TEXT, file TEXT, place TEXT, expected TEXT, actual TEXT, message TEXT,
    next TEXT);
CREATE INDEX log_of_findings ON log(id) WHERE kind = 'finding';
CREATE INDEX log_of_faults ON log(id) WHERE kind = 'fault';
CREATE VIEW requests AS SELECT id, run, connection, number, peer, method, target, fields, upload,
    status, answer_head, answer_text, body_bytes, offset_before, offset_after, checksum, auth,
    faults, end, arrived, at AS ended, token FROM log WHERE kind = 'request';
CREATE VIEW upload_events AS SELECT id, run, at, kind AS what, upload, length, metadata, session,
    name, file_type FROM log WHERE kind IN ('created', 'finished', 'removed');
CREATE VIEW findings AS SELECT id, run, at, connection, number AS request, upload, rule, severity,
    file, place, expected, actual, message, next FROM log WHERE kind = 'finding';
CREATE VIEW faults AS SELECT id, run, at, connection, number AS request, upload, name
    FROM log WHERE kind = 'fault';
)sql";

}  // namespace sfmkit::mockserver
