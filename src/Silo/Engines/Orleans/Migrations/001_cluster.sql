-- What Orleans' ADO.NET providers for clustering and grain storage need: one table by a name of theirs, OrleansQuery, from which they take
-- every other statement by its key. The tables behind the statements are ours. Names after @ and the columns that a statement returns are
-- the providers' contract; a write answers one row when it was done, or true, and nothing, or false, when somebody was faster.

CREATE TABLE cluster_version (
  cluster text COLLATE "C" PRIMARY KEY,
  version integer NOT NULL,
  changed_at timestamptz NOT NULL
);

CREATE TABLE cluster_silos (
  cluster text COLLATE "C" NOT NULL REFERENCES cluster_version(cluster),
  address text COLLATE "C" NOT NULL,
  port integer NOT NULL,
  generation integer NOT NULL,
  silo text NOT NULL,
  host text NOT NULL,
  status integer NOT NULL,
  gateway_port integer NOT NULL,
  suspected text,
  started_at timestamptz NOT NULL,
  alive_at timestamptz NOT NULL,
  PRIMARY KEY (cluster, address, port, generation)
);

-- Numbers and text of a key together are the key; a key without text has the empty one.
CREATE TABLE cluster_state (
  service text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  key_low bigint NOT NULL,
  key_high bigint NOT NULL,
  key_text text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  payload bytea,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (service, kind, key_text, key_low, key_high)
);

CREATE TABLE OrleansQuery (
  QueryKey text COLLATE "C" PRIMARY KEY,
  QueryText text NOT NULL
);

INSERT INTO OrleansQuery(QueryKey, QueryText) VALUES
('InsertMembershipVersionKey', $sql$
  WITH added AS (
    INSERT INTO cluster_version(cluster, version, changed_at) VALUES (@DeploymentId, 0, now()) ON CONFLICT DO NOTHING RETURNING 1)
  SELECT EXISTS (SELECT FROM added)
$sql$),
-- The table's version is the fence of every change: it moves with the row in one statement, or neither does.
('InsertMembershipKey', $sql$
  WITH fence AS (
    UPDATE cluster_version SET version = version + 1, changed_at = now()
    WHERE cluster = @DeploymentId AND version = @Version AND NOT EXISTS (
      SELECT FROM cluster_silos WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING 1),
  added AS (
    INSERT INTO cluster_silos(cluster, address, port, generation, silo, host, status, gateway_port, started_at, alive_at)
    SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM fence
    RETURNING 1)
  SELECT EXISTS (SELECT FROM added)
$sql$),
('UpdateMembershipKey', $sql$
  WITH fence AS (
    UPDATE cluster_version SET version = version + 1, changed_at = now()
    WHERE cluster = @DeploymentId AND version = @Version AND EXISTS (
      SELECT FROM cluster_silos WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING 1),
  changed AS (
    UPDATE cluster_silos SET status = @Status, suspected = @SuspectTimes, alive_at = @IAmAliveTime
    WHERE EXISTS (SELECT FROM fence) AND cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
    RETURNING 1)
  SELECT EXISTS (SELECT FROM changed)
$sql$),
('UpdateIAmAlivetimeKey', $sql$
  UPDATE cluster_silos SET alive_at = @IAmAliveTime
  WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$sql$),
-- A cluster without silos still has its version: one row with nothing beside it.
('MembershipReadAllKey', $sql$
  SELECT v.version AS Version, s.address AS Address, s.port AS Port, s.generation AS Generation, s.silo AS SiloName, s.host AS HostName,
    s.status AS Status, s.gateway_port AS ProxyPort, s.suspected AS SuspectTimes, s.started_at AS StartTime, s.alive_at AS IAmAliveTime
  FROM cluster_version v LEFT JOIN cluster_silos s ON s.cluster = v.cluster
  WHERE v.cluster = @DeploymentId
$sql$),
('MembershipReadRowKey', $sql$
  SELECT v.version AS Version, s.address AS Address, s.port AS Port, s.generation AS Generation, s.silo AS SiloName, s.host AS HostName,
    s.status AS Status, s.gateway_port AS ProxyPort, s.suspected AS SuspectTimes, s.started_at AS StartTime, s.alive_at AS IAmAliveTime
  FROM cluster_version v LEFT JOIN cluster_silos s
    ON s.cluster = v.cluster AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
  WHERE v.cluster = @DeploymentId
$sql$),
('GatewaysQueryKey', $sql$
  SELECT address AS Address, gateway_port AS ProxyPort, generation AS Generation
  FROM cluster_silos WHERE cluster = @DeploymentId AND status = @Status AND gateway_port > 0
$sql$),
('DeleteMembershipTableEntriesKey', $sql$
  WITH silos AS (DELETE FROM cluster_silos WHERE cluster = @DeploymentId RETURNING 1)
  DELETE FROM cluster_version WHERE cluster = @DeploymentId AND (SELECT count(*) FROM silos) >= 0
$sql$),
-- 3 is a silo that works; all others that have not been heard of since are history.
('CleanupDefunctSiloEntriesKey', $sql$
  DELETE FROM cluster_silos WHERE cluster = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3
$sql$),
('ReadFromStorageKey', $sql$
  SELECT payload AS PayloadBinary, version AS Version FROM cluster_state
  WHERE service = @ServiceId AND kind = @GrainTypeString AND key_text = coalesce(@GrainIdExtensionString, '') AND key_low = @GrainIdN0 AND key_high = @GrainIdN1
$sql$),
('WriteToStorageKey', $sql$
  WITH added AS (
    INSERT INTO cluster_state(service, kind, key_low, key_high, key_text, version, payload, changed_at)
    SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''), 1, @PayloadBinary, now()
    WHERE @GrainStateVersion IS NULL
    ON CONFLICT DO NOTHING
    RETURNING version),
  changed AS (
    UPDATE cluster_state SET payload = @PayloadBinary, version = version + 1, changed_at = now()
    WHERE service = @ServiceId AND kind = @GrainTypeString AND key_text = coalesce(@GrainIdExtensionString, '') AND key_low = @GrainIdN0 AND key_high = @GrainIdN1
      AND version = @GrainStateVersion
    RETURNING version)
  SELECT version AS NewGrainStateVersion FROM added UNION ALL SELECT version FROM changed
$sql$),
('ClearStorageKey', $sql$
  UPDATE cluster_state SET payload = NULL, version = version + 1, changed_at = now()
  WHERE service = @ServiceId AND kind = @GrainTypeString AND key_text = coalesce(@GrainIdExtensionString, '') AND key_low = @GrainIdN0 AND key_high = @GrainIdN1
    AND version = @GrainStateVersion
  RETURNING version AS NewGrainStateVersion
$sql$),
('DeleteStorageKey', $sql$
  DELETE FROM cluster_state
  WHERE service = @ServiceId AND kind = @GrainTypeString AND key_text = coalesce(@GrainIdExtensionString, '') AND key_low = @GrainIdN0 AND key_high = @GrainIdN1
    AND version = @GrainStateVersion
  RETURNING version + 1 AS NewGrainStateVersion
$sql$);
