"""The database itself keeps the ledger closed, whoever writes to it.

An entry can be added, and goes only together with its item; forgetting who wrote it is allowed,
as when a user is removed. PostgreSQL refuses every other change and removal. SQLite refuses
changes; a removal is refused by the model alone there, because emptying a test database removes
rows in any order.
"""

from cms.triggers import Triggers

POSTGRESQL = """
CREATE OR REPLACE FUNCTION agenda_ledger_is_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT 1 FROM agenda_agendaitempage WHERE page_ptr_id = OLD.item_id) THEN
            RETURN OLD;
        END IF;
    ELSIF NEW.author_id IS NULL
          AND to_jsonb(NEW) - 'author_id' = to_jsonb(OLD) - 'author_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The ledger of an agenda item is closed: add a correcting entry.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE TRIGGER agenda_ledger_is_closed
    BEFORE UPDATE OR DELETE ON agenda_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION agenda_ledger_is_closed();
CREATE OR REPLACE FUNCTION agenda_ledger_goes_with_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM agenda_ledgerentry WHERE item_id = OLD.page_ptr_id;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER agenda_ledger_goes_with_item
    AFTER DELETE ON agenda_agendaitempage
    FOR EACH ROW EXECUTE FUNCTION agenda_ledger_goes_with_item();
"""

SQLITE = {
    "agenda_ledger_is_closed": """CREATE TRIGGER IF NOT EXISTS agenda_ledger_is_closed
    BEFORE UPDATE OF id, item_id, at, author_role, field, opening, old, new, reason
    ON agenda_ledgerentry
    BEGIN SELECT RAISE(ABORT, 'The ledger of an agenda item is closed.'); END""",
    "agenda_ledger_author_is_closed": """CREATE TRIGGER IF NOT EXISTS agenda_ledger_author_is_closed
    BEFORE UPDATE OF author_id ON agenda_ledgerentry WHEN NEW.author_id IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'The ledger of an agenda item is closed.'); END""",
    "agenda_ledger_goes_with_item": """CREATE TRIGGER IF NOT EXISTS agenda_ledger_goes_with_item
    AFTER DELETE ON agenda_agendaitempage
    BEGIN DELETE FROM agenda_ledgerentry WHERE item_id = OLD.page_ptr_id; END""",
}

LEDGER = Triggers(
    tables=frozenset({"agenda_ledgerentry"}),
    postgresql=[POSTGRESQL],
    sqlite=SQLITE,
)
