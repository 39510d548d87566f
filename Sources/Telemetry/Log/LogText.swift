internal import Logging

typealias LogValue = Logger.Metadata.Value

/// The texts that a record of a log is made of.
enum LogText {
  /// A value without quotes; parts of a list or a dictionary between brackets, in fixed order.
  static func plain(_ value: LogValue) -> String {
    switch value {
    case .string(let text): text
    case .stringConvertible(let value): value.description
    case .array(let values): "[\(values.map(plain).joined(separator: ","))]"
    case .dictionary(let members):
      "{\(members.sorted { $0.key < $1.key }.map { "\($0.key)=\(plain($0.value))" }.joined(separator: ","))}"
    }
  }

  /// A value as JSON, finite numbers as numbers.
  static func json(_ value: LogValue) -> String {
    switch value {
    case .string(let text): quoted(text)
    case .stringConvertible(let value as Double) where !value.isFinite: quoted(value.description)
    case .stringConvertible(let value) where value is any BinaryInteger || value is Double: value.description
    case .stringConvertible(let value as Bool): value.description
    case .stringConvertible(let value): quoted(value.description)
    case .array(let values): "[\(values.map(json).joined(separator: ","))]"
    case .dictionary(let members):
      "{\(members.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(json($0.value))" }.joined(separator: ","))}"
    }
  }

  /// Text as a word of logfmt: as it is, or between quotes where it would not be read as one word.
  static func word(_ text: String) -> String {
    let isPlain =
      !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value > 0x20 && !"=\"\\\u{7f}".unicodeScalars.contains($0) }
    return isPlain ? text : quoted(text)
  }

  /// Text between quotes, as JSON has it.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      default: append(scalar, to: &quoted)
      }
    }
    return quoted + "\""
  }

  /// Text without anything that would end a line or steer a terminal.
  static func oneLine(_ text: String) -> String {
    var line = ""
    for scalar in text.unicodeScalars { append(scalar, to: &line) }
    return line
  }

  private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
    switch scalar {
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    case "\0"..<" ", "\u{7f}":
      let digits = String(scalar.value, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: text.unicodeScalars.append(scalar)
    }
  }
}
