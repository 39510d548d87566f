internal import MarketData
internal import Markets

/// The fields of a row whose fields hold no commas.
struct CSVRow {
  private let bytes: UnsafeRawBufferPointer
  private let fields: [Range<Int>]

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    var fields: [Range<Int>] = []
    var start = 0
    for index in bytes.indices where bytes[index] == Ascii.comma {
      fields.append(start..<index)
      start = index + 1
    }
    fields.append(start..<bytes.count)
    self.fields = fields
  }

  var count: Int { fields.count }

  /// The text of a field; nil beyond the row's end and for bytes that are not UTF-8.
  func text(_ index: Int) -> String? {
    guard fields.indices.contains(index) else { return nil }
    return String(validating: UnsafeRawBufferPointer(rebasing: bytes[fields[index]]), as: UTF8.self)
  }

  /// Reads a field with one of the scanner's number readers, which must consume it whole.
  private func whole<Value>(
    _ index: Int, _ name: String, _ kind: StaticString, _ read: (inout ByteScanner) -> Value?
  ) throws(FieldFault) -> Value {
    guard fields.indices.contains(index) else { throw missing(name) }
    var scanner = ByteScanner(UnsafeRawBufferPointer(rebasing: bytes[fields[index]]))
    if let value = read(&scanner), scanner.isAtEnd { return value }
    throw FieldFault(field: name, reason: "'\(scanner.excerpt(from: 0))' is not \(kind)")
  }

  /// A field that holds a finite number.
  func number(_ index: Int, _ name: String) throws(FieldFault) -> Double {
    try whole(index, name, "a finite number") { scanner in scanner.decimal().flatMap { $0.isFinite ? $0 : nil } }
  }

  /// A field that holds a whole number.
  func integer(_ index: Int, _ name: String) throws(FieldFault) -> Int64 {
    try whole(index, name, "a whole number of 64 bits") { scanner in scanner.integer() }
  }

  /// A field that holds seconds with up to nine decimals, in nanoseconds.
  func nanoseconds(ofSeconds index: Int, _ name: String) throws(FieldFault) -> Int64 {
    try whole(index, name, "seconds with up to nine decimals") { scanner in scanner.epochSeconds()?.nanoseconds }
  }
}
