-- Who changed a workspace, when and what; seq is given by the workspace's document, so that an entry handed in twice is one. By the
-- workspace's own key: one that never stored a fact has no number. changes is a JSON array of field, before, after.
CREATE TABLE audit(
  workspace   TEXT NOT NULL,
  seq         INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  author_kind INTEGER NOT NULL,
  author      TEXT NOT NULL,
  kind        TEXT NOT NULL,
  subject     TEXT NOT NULL,
  changes     TEXT NOT NULL,
  PRIMARY KEY(workspace, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_by_time ON audit(at);
