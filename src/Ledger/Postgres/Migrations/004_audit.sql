-- Who changed a workspace, when and what; seq is given by the workspace's document, so that an entry handed in twice is one. By the
-- workspace's own key: one that never stored a fact has no number. changes is a JSON array of field, before, after.
CREATE TABLE audit(
  workspace   text COLLATE "C" NOT NULL,
  seq         bigint NOT NULL,
  at          bigint NOT NULL,
  author_kind smallint NOT NULL,
  author      text COLLATE "C" NOT NULL,
  kind        text COLLATE "C" NOT NULL,
  subject     text COLLATE "C" NOT NULL,
  changes     text COLLATE "C" NOT NULL,
  PRIMARY KEY(workspace, seq)
);

CREATE INDEX audit_by_time ON audit(at);
