public import Markets

/// One JSON object on one line, written key by key.
///
/// Numbers are written with the fewest digits that read back to the same value; what is not finite becomes null.
public struct JSONLine: Sendable {
  /// The line so far, as UTF-8.
  public private(set) var bytes: [UInt8]
  private var needsComma = false

  /// Creates an empty object.
  public init() { bytes = [UInt8(ascii: "{")] }

  /// Creates an empty object that is written behind what a buffer holds; the buffer is taken out of its variable.
  ///
  /// ``end(into:)`` gives it back.
  public init(appendingTo buffer: inout [UInt8]) {
    bytes = []
    swap(&bytes, &buffer)
    bytes.append(UInt8(ascii: "{"))
  }

  /// Ends the object and the line, and moves all bytes into a variable.
  public mutating func end(into buffer: inout [UInt8]) {
    bytes.append(UInt8(ascii: "}"))
    bytes.append(UInt8(ascii: "\n"))
    swap(&bytes, &buffer)
  }

  /// The object with its closing brace and a line end.
  public func line() -> [UInt8] {
    bytes + [UInt8(ascii: "}"), UInt8(ascii: "\n")]
  }

  /// Adds a text.
  public mutating func add(_ key: String, _ text: String) {
    begin(key)
    append(quoted: text)
  }

  /// Adds a number, or null when it is not finite.
  public mutating func add(_ key: String, _ number: Double) {
    begin(key)
    append(number)
  }

  /// Adds a whole number.
  public mutating func add(_ key: String, _ number: Int) {
    begin(key)
    bytes.append(contentsOf: String(number).utf8)
  }

  /// Adds a truth, or null where it is not known.
  public mutating func add(_ key: String, _ truth: Bool?) {
    begin(key)
    bytes.append(contentsOf: (truth.map { $0 ? "true" : "false" } ?? "null").utf8)
  }

  /// Adds null.
  public mutating func addNull(_ key: String) {
    begin(key)
    bytes.append(contentsOf: "null".utf8)
  }

  /// Adds an object that is written in place.
  public mutating func add(_ key: String, object write: (inout JSONLine) -> Void) {
    begin(key)
    nest(write)
  }

  /// Adds a list with an object for each element, written in place.
  public mutating func add<Elements: Sequence>(
    _ key: String, objects elements: Elements, _ write: (inout JSONLine, Elements.Element) -> Void
  ) {
    begin(key)
    bytes.append(UInt8(ascii: "["))
    var isFirst = true
    for element in elements {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      nest { write(&$0, element) }
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func nest(_ write: (inout JSONLine) -> Void) {
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
    write(&self)
    bytes.append(UInt8(ascii: "}"))
    needsComma = true
  }

  /// Adds an instant as RFC 3339 text.
  public mutating func add(_ key: String, _ time: Timestamp) {
    begin(key)
    bytes.append(UInt8(ascii: "\""))
    time.appendText(to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Adds an object.
  public mutating func add(_ key: String, object: JSONLine) {
    begin(key)
    bytes.append(contentsOf: object.bytes)
    bytes.append(UInt8(ascii: "}"))
  }

  /// Adds a list of objects.
  public mutating func add(_ key: String, objects: [JSONLine]) {
    begin(key)
    bytes.append(UInt8(ascii: "["))
    for (index, object) in objects.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: object.bytes)
      bytes.append(UInt8(ascii: "}"))
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// Adds a list of numbers, null for each that is not finite.
  public mutating func add(_ key: String, numbers: [Double]) {
    begin(key)
    bytes.append(UInt8(ascii: "["))
    for (index, number) in numbers.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(number)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func begin(_ key: String) {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
    append(quoted: key)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func append(_ number: Double) {
    bytes.append(contentsOf: (number.isFinite ? number.description : "null").utf8)
  }

  private mutating func append(quoted text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      let isPlain = utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
      if isPlain { bytes.append(contentsOf: utf8) } else { append(escaping: utf8) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
      case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
      case 0x0a: bytes.append(contentsOf: "\\n".utf8)
      case 0x0d: bytes.append(contentsOf: "\\r".utf8)
      case 0x09: bytes.append(contentsOf: "\\t".utf8)
      case 0..<0x20:
        bytes.append(contentsOf: "\\u00".utf8)
        let digits = String(byte, radix: 16)
        bytes.append(contentsOf: (digits.count == 1 ? "0" + digits : digits).utf8)
      default: bytes.append(byte)
      }
    }
  }
}
