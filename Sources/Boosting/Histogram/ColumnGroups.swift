/// The columns that a tree sees, in groups of those whose bins a row holds in one word of eight bytes.
package struct ColumnGroups: Sendable {
  /// Some of the eight columns of a word.
  package struct Group: Sendable {
    /// The number of the word within a row.
    package let word: Int
    /// The columns, in ascending order.
    package let columns: [Int]
  }

  /// The number of columns of a word.
  package static let width = 8

  /// The groups, in the order of their words.
  package let groups: [Group]
  /// The columns, in ascending order.
  package let columns: [Int]

  /// Groups columns that are given in ascending order.
  package init(_ columns: [Int]) {
    self.columns = columns
    let words = columns.map { $0 / Self.width }
    groups = Set(words).sorted().map { word in
      Group(word: word, columns: columns.filter { $0 / Self.width == word })
    }
  }
}
