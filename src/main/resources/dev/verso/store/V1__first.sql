-- Runs on H2 and on PostgreSQL; ${bytes} is the type of byte strings of any length.

CREATE TABLE api_key (
  id VARCHAR(36) PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  hash VARCHAR(64) NOT NULL UNIQUE,
  scopes VARCHAR(400) NOT NULL,
  quota BIGINT,
  created TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL
);

-- Characters that were translated, for each key ('' is everybody without one) and month (2026-11).
CREATE TABLE key_usage (
  key_id VARCHAR(36) NOT NULL,
  period VARCHAR(7) NOT NULL,
  characters BIGINT NOT NULL,
  PRIMARY KEY (key_id, period)
);

CREATE TABLE job (
  id VARCHAR(36) PRIMARY KEY,
  owner VARCHAR(36) NOT NULL,
  token VARCHAR(200),
  options VARCHAR(4000) NOT NULL,
  documents INTEGER NOT NULL,
  cancelled BOOLEAN DEFAULT FALSE NOT NULL,
  created TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT job_token UNIQUE (owner, token)
);

-- The queue: a document is waiting, or held by an instance until its lease ends, or has ended.
CREATE TABLE job_document (
  job_id VARCHAR(36) NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name VARCHAR(1000) NOT NULL,
  source ${bytes} NOT NULL,
  state VARCHAR(10) NOT NULL,
  due TIMESTAMP WITH TIME ZONE NOT NULL,
  attempts INTEGER DEFAULT 0 NOT NULL,
  holder VARCHAR(80),
  lease TIMESTAMP WITH TIME ZONE,
  progress DOUBLE PRECISION DEFAULT 0 NOT NULL,
  characters BIGINT DEFAULT 0 NOT NULL,
  result_name VARCHAR(1000),
  media_type VARCHAR(200),
  result ${bytes},
  error VARCHAR(2000),
  finished TIMESTAMP WITH TIME ZONE,
  PRIMARY KEY (job_id, position)
);

CREATE INDEX job_document_due ON job_document (state, due);

CREATE TABLE glossary (
  id VARCHAR(36) PRIMARY KEY,
  owner VARCHAR(36) NOT NULL,
  name VARCHAR(1000) NOT NULL,
  created TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL
);

CREATE TABLE glossary_entry (
  glossary_id VARCHAR(36) NOT NULL REFERENCES glossary (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  source VARCHAR(1000) NOT NULL,
  target VARCHAR(1000) NOT NULL,
  PRIMARY KEY (glossary_id, position)
);

CREATE TABLE memory (
  id VARCHAR(36) PRIMARY KEY,
  owner VARCHAR(36) NOT NULL,
  name VARCHAR(1000) NOT NULL,
  created TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL
);

CREATE TABLE memory_unit (
  memory_id VARCHAR(36) NOT NULL REFERENCES memory (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  source ${bytes} NOT NULL,
  target ${bytes} NOT NULL,
  PRIMARY KEY (memory_id, position)
);
