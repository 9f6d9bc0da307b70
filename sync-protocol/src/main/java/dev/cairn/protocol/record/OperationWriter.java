package dev.cairn.protocol.record;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.ChangeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Appends operations of which this program knows the form. */
final class OperationWriter {

  private OperationWriter() {}

  static void write(Operation operation, CborWriter writer) {
    if (operation instanceof Operation.Assert op) {
      op.field().write(head(writer, 3, op));
      op.value().write(writer);
    } else if (operation instanceof Operation.Add op) {
      elements(head(writer, 3, op), op.field(), op.values());
    } else if (operation instanceof Operation.Remove op) {
      elements(head(writer, 3, op), op.field(), op.values());
    } else if (operation instanceof Operation.Note op) {
      head(writer, 2, op).text(op.text());
    } else if (operation instanceof Operation.Retract op) {
      retract(head(writer, 3, op), op);
    } else if (operation instanceof Operation.Answer op) {
      head(writer, 3, op).bytes(op.question().bytes()).text(op.text());
    } else if (operation instanceof Operation.Attach op) {
      attach(writer, op);
    } else {
      writeReview(operation, writer);
    }
  }

  private static void writeReview(Operation operation, CborWriter writer) {
    if (operation instanceof Operation.Decide op) {
      decide(head(writer, 6, op), op);
    } else if (operation instanceof Operation.UndoDecision op) {
      head(writer, 3, op).bytes(op.decision().bytes()).text(op.reason());
    } else if (operation instanceof Operation.Review op) {
      head(writer, 2, op).uint(op.state().code());
    } else if (operation instanceof Operation.Assign op) {
      head(writer, 2, op);
      if (op.member() == null) {
        writer.nul();
      } else {
        writer.bytes(op.member().bytes());
      }
    } else if (operation instanceof Operation.Comment op) {
      head(writer, 2, op).text(op.text());
    } else if (operation instanceof Operation.Ask op) {
      head(writer, 2, op).text(op.text());
    } else if (operation instanceof Operation.Erase op) {
      erase(head(writer, 7, op), op);
    } else if (operation instanceof Operation.Confirm op) {
      head(writer, 5, op).bytes(op.device().bytes()).uint(op.sequence());
      changes(writer.bytes(op.head().bytes()), op.unopened());
    } else {
      throw new AssertionError("an operation without an encoding");
    }
  }

  private static CborWriter head(CborWriter writer, int items, Operation operation) {
    return writer.array(items).uint(operation.code());
  }

  private static void elements(CborWriter writer, Field field, List<CborValue> values) {
    field.write(writer);
    writer.array(values.size());
    values.forEach(value -> value.write(writer));
  }

  private static void erase(CborWriter writer, Operation.Erase op) {
    writer.bytes(op.erased().bytes()).bytes(op.author().bytes()).bool(op.opened());
    changes(writer, op.parents());
    writer.array(op.fields().size());
    op.fields().forEach(field -> field.write(writer));
    writer.text(op.reason());
  }

  private static void changes(CborWriter writer, List<ChangeId> changes) {
    writer.array(changes.size());
    changes.forEach(change -> writer.bytes(change.bytes()));
  }

  private static void retract(CborWriter writer, Operation.Retract op) {
    if (op.target() instanceof Operation.Target.OfField target) {
      target.field().write(writer);
    } else if (op.target() instanceof Operation.Target.OfNote target) {
      writer.array(2).bytes(target.change().bytes()).uint(target.index());
    } else {
      writer.nul();
    }
    writer.text(op.reason());
  }

  private static void decide(CborWriter writer, Operation.Decide op) {
    op.field().write(writer);
    changes(writer, op.settles());
    if (op.outcome() instanceof Operation.Outcome.Choose choice) {
      writer.uint(0).bytes(choice.change().bytes());
    } else if (op.outcome() instanceof Operation.Outcome.Value other) {
      other.value().write(writer.uint(1));
    } else {
      writer.uint(2).nul();
    }
    writer.text(op.reason());
  }

  private static void attach(CborWriter writer, Operation.Attach op) {
    AttachedFile file = op.file();
    head(writer, file.capture().isEmpty() ? 7 : 8, op)
        .bytes(file.id().bytes())
        .bytes(file.key().reveal())
        .uint(file.sizeBytes())
        .text(file.name())
        .text(file.mediaType());
    file.sha256().write(writer);
    if (!file.capture().isEmpty()) {
      Map<CborValue, CborValue> capture = new LinkedHashMap<>();
      file.capture().forEach((name, value) -> capture.put(CborValue.of(name), value));
      CborValue.map(capture).write(writer);
    }
  }
}
