-- Articles that a reader keeps, with what was corrected in their translations.
CREATE TABLE article (
  id VARCHAR(36) PRIMARY KEY,
  owner VARCHAR(36) NOT NULL,
  name VARCHAR(1000) NOT NULL,
  title VARCHAR(1000) NOT NULL,
  source ${bytes} NOT NULL,
  bitext ${bytes} NOT NULL,
  segments INTEGER NOT NULL,
  created TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL
);

CREATE INDEX article_owner ON article (owner, created);

CREATE TABLE article_edit (
  article_id VARCHAR(36) NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  segment INTEGER NOT NULL,
  target ${bytes} NOT NULL,
  PRIMARY KEY (article_id, segment)
);

-- A memory changes with the corrections that go into it: who has it loaded sees that.
ALTER TABLE memory ADD COLUMN revision INTEGER DEFAULT 0 NOT NULL;
