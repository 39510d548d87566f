internal import Markets

/// Decodes canonical JSON lines; blank lines are passed over.
struct CanonicalDecoder: RecordDecoder {
  let path: String
  private var parser = CanonicalRecordParser()

  init(path: String) {
    self.path = path
  }

  mutating func decode(_ line: UnsafeRawBufferPointer, number: Int, into batch: inout DecodedBatch) {
    if line.isBlank { return }
    do throws(FieldFault) {
      switch try parser.parse(line) {
      case .book(let snapshot): batch.append(snapshot, line: number)
      case .report(let report): batch.append(report, line: number)
      }
    } catch {
      batch.append(RecordFault(file: path, line: number, field: error.field, reason: error.reason))
    }
  }
}
