internal import Parallelism

/// Leads the rows of a binned matrix to a grown tree's leaves.
struct BinnedRouting: Sendable {
  private struct Question {
    let column: Int
    let side: SideOfBin
    let left: Int
    let right: Int
  }

  /// What each node asks; nil for leaves.
  private let questions: [Question?]

  init(_ tree: GrowingTree) {
    var questions = [Question?](repeating: nil, count: tree.nodes.count)
    for split in tree.splits {
      guard let children = tree.nodes[split.node].children else { continue }
      let side = SideOfBin(last: split.candidate.bin, missing: split.candidate.missing)
      questions[split.node] = Question(
        column: split.candidate.column, side: side, left: children.left, right: children.right)
    }
    self.questions = questions
  }

  /// The number of the node without children that a row falls into.
  func leaf(of row: Int, in matrix: BinnedMatrix) -> Int {
    var node = 0
    while let question = questions[node] {
      let bin = matrix.byColumn.base[question.column * matrix.rowCount + row]
      node = question.side.isLeft(bin) == 1 ? question.left : question.right
    }
    return node
  }
}
