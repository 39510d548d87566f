/// Text inside XML.
enum XMLText {
  /// The text as it may stand between tags; a character that XML cannot hold becomes U+FFFD.
  ///
  /// Source: Extensible Markup Language 1.0, sections 2.2 and 2.4.
  static func escaped(_ text: String) -> String {
    text.replacingScalars { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\t", "\n": nil
      case "\r": "&#13;"
      case "\0"..<" ", "\u{fffe}", "\u{ffff}": "\u{fffd}"
      default: nil
      }
    }
  }
}
