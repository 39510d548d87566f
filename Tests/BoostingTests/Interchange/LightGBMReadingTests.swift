import Boosting
import Testing

@Suite("Reading LightGBM's text")
struct LightGBMReadingTests {
  private static let values: [Double] = {
    let reach = Double(1e-35 as Float)
    let around = [0, reach, 1e-36, 0.5, 2, .greatestFiniteMagnitude, .infinity].flatMap {
      [$0, $0.nextUp, $0.nextDown]
    }
    return around + around.map { -$0 } + [.nan, 1, -1]
  }()

  /// The slow twin: LightGBM's `Tree::NumericalDecision`, word for word.
  private func goesLeft(_ value: Double, threshold: Double, decision: Int) -> Bool {
    let missing = decision >> 2 & 3
    var value = value
    if value.isNaN && missing != 2 { value = 0 }
    let isZero = value >= -Double(1e-35 as Float) && value <= Double(1e-35 as Float)
    if missing == 1 && isZero || missing == 2 && value.isNaN { return decision & 2 != 0 }
    return value <= threshold
  }

  @Test("each kind of missing value goes where LightGBM's decision sends it, or is refused", arguments: 0..<12)
  func decisions(decision: Int) throws {
    guard decision & 1 == 0 else { return }
    var readCount = 0
    for threshold in LightGBMReadingTests.values where threshold > -.infinity {
      let text = modelText(["threshold=0.5": "threshold=\(threshold)", "decision_type=10": "decision_type=\(decision)"])
      guard let ensemble = try? LightGBMText.parse(text, file: "m") else {
        // Only zero as a missing value may leave its neighbours.
        #expect(decision >> 2 == 1 && (decision & 2 != 0) == (threshold < 0))
        continue
      }
      readCount += 1
      for value in LightGBMReadingTests.values {
        let isLeft = ensemble.value(of: [value, 0].span) == -1
        #expect(isLeft == goesLeft(value, threshold: threshold, decision: decision), "\(value) at \(threshold)")
      }
    }
    #expect(readCount >= 20)
  }

  @Test("the sigmoid is multiplied into the leaves")
  func sigmoid() throws {
    let ensemble = try LightGBMText.parse(modelText(["sigmoid:1": "sigmoid:0.5"]), file: "m")
    #expect([0.0, 1.0].map { ensemble.value(of: [$0, 0].span) } == [-0.5, 1])
  }

  @Test("splits that stand behind those below them are put in order")
  func order() throws {
    // Split 2 is the root's left child and parent of split 1.
    let text = modelText([
      "num_leaves=2": "num_leaves=4", "split_feature=0": "split_feature=0 1 0", "split_gain=3": "split_gain=1 2 3",
      "threshold=0.5": "threshold=0 1 -1", "decision_type=10": "decision_type=8 10 8",
      "left_child=-1": "left_child=2 -1 -3",
      "right_child=-2": "right_child=-4 -2 1", "leaf_value=-1 2": "leaf_value=1 2 3 4",
      "leaf_weight=1 1": "leaf_weight=1 1 1 1", "leaf_count=3 1": "leaf_count=1 1 1 1",
      "internal_value=0": "internal_value=0 1 2", "internal_weight=2": "internal_weight=3 1 2",
      "internal_count=4": "internal_count=4 2 3",
    ])
    let tree = try #require(try LightGBMText.parse(text, file: "m").trees.first)
    #expect(tree.splits.map(\.gain) == [1, 3, 2] && tree.splits.map(\.left) == [1, ~2, ~0])
    let rows: [[Double]] = [[-0.5, 1], [-0.5, 2], [-1, 0], [1, 0], [-0.5, .nan], [.nan, 0]]
    #expect(rows.map { tree.leaves[tree.leaf(of: $0.span)].value } == [1, 2, 3, 4, 1, 4])
  }

  @Test(
    "what cannot be read is refused with file, line and field",
    arguments: [
      ("num_class=1", "num_class=3", "m.txt:3: num_class: only models of one class are read, not '3'"),
      ("num_tree_per_iteration=1", "", "m.txt:1: num_tree_per_iteration: the field is missing"),
      ("version=v4", "version=v2", "m.txt:2: version: 'v2' is not read, only v3 and v4"),
      ("label_index=0", "average_output", "m.txt:5: average_output: averages of trees are not read, only sums"),
      ("label_index=0", "colour=red", "m.txt:5: colour: this field is not known"),
      ("label_index=0", "num_class=1", "m.txt:5: num_class: the field is there twice"),
      ("max_feature_idx=1", "max_feature_idx=2", "m.txt:6: max_feature_idx: 2 feature names do not fit it"),
      (
        "objective=binary sigmoid:1", "objective=regression",
        "m.txt:7: objective: only 'binary sigmoid:…' is read, not 'regression'"
      ),
      ("sigmoid:1", "sigmoid:-1", "m.txt:7: objective: the sigmoid must be a number above zero"),
      ("tree_sizes=300", "tree_sizes=300 200", "m.txt:10: tree_sizes: 2 trees are announced and 1 are there"),
      ("Tree=0", "Tree=1", "m.txt:12: Tree: tree 0 must come here, not '1'"),
      ("num_cat=0", "num_cat=1", "m.txt:14: num_cat: categorical splits are not read: it must be 0, not '1'"),
      ("split_feature=0", "split_feature=2", "m.txt:15: split_feature: a feature is not one of the 2 that there are"),
      ("threshold=0.5", "threshold=half", "m.txt:17: threshold: 'half' is not a number above -inf"),
      ("threshold=0.5", "threshold=0.5 1", "m.txt:17: threshold: 2 values are there and 1 are needed"),
      ("decision_type=10", "decision_type=1", "m.txt:18: decision_type: split 0 is categorical, which is not read"),
      ("decision_type=10", "decision_type=12", "m.txt:18: decision_type: split 0 has the unknown decision 12"),
      ("left_child=-1", "left_child=0", "m.txt:12: Tree: split 0 has no child split 0"),
      ("leaf_value=-1 2", "leaf_value=nan 2", "m.txt:21: leaf_value: 'nan' is not a finite number"),
      ("is_linear=0", "is_linear=1", "m.txt:27: is_linear: linear leaves are not read: it must be 0, not '1'"),
      ("end of trees", "end", "m.txt:31: Tree: a tree or 'end of trees' must come here"),
    ])
  func refusals(part: String, other: String, fault: String) throws {
    let error = #expect(throws: LightGBMFault.self) {
      try LightGBMText.parse(modelText([part: other]), file: "m.txt")
    }
    #expect(error?.description == fault)
  }

  @Test("a tree without splits is read as LightGBM writes it, and Windows line ends are read too")
  func bareTree() throws {
    let text = modelText([
      "num_leaves=2": "num_leaves=1", "leaf_value=-1 2": "leaf_value=0.25", "leaf_weight=1 1": "leaf_weight=",
      "leaf_count=3 1": "leaf_count=100",
    ])
    let ensemble = try LightGBMText.parse(text.replacing("\n", with: "\r\n"), file: "m")
    #expect(ensemble.value(of: [0, 0].span) == 0.25 && ensemble.trees.first?.leaves.first?.rows == 100)
  }
}

/// A model of one split with parts replaced.
private func modelText(_ changes: [String: String]) -> String {
  let text = """
    tree
    version=v4
    num_class=1
    num_tree_per_iteration=1
    label_index=0
    max_feature_idx=1
    objective=binary sigmoid:1
    feature_names=a b
    feature_infos=none none
    tree_sizes=300

    Tree=0
    num_leaves=2
    num_cat=0
    split_feature=0
    split_gain=3
    threshold=0.5
    decision_type=10
    left_child=-1
    right_child=-2
    leaf_value=-1 2
    leaf_weight=1 1
    leaf_count=3 1
    internal_value=0
    internal_weight=2
    internal_count=4
    is_linear=0
    shrinkage=1


    end of trees

    """
  return changes.reduce(text) { $0.replacing("\($1.key)\n", with: "\($1.value)\n") }
}
