internal import Markets

/// Decodes canonical JSON lines; blank lines are passed over.
struct CanonicalDecoder: RecordDecoder {
  let path: String
  private var parser = CanonicalLineParser()

  init(path: String) {
    self.path = path
  }

  mutating func decode(_ line: UnsafeRawBufferPointer, number: Int, into batch: inout DecodedBatch) {
    if line.isBlank { return }
    do throws(FieldFault) {
      batch.append(try parser.parse(line), line: number)
    } catch {
      batch.append(RecordFault(file: path, line: number, field: error.field, reason: error.reason))
    }
  }
}
