import Boosting
import Configuration
import Foundation
import Learning
import MarketData
import Markets
import ModelStore
import TestRecordings
import Testing
import Validation
import Workflows

/// Models of the simulated books, each trained once.
private enum Trained {
  static let boosting = Result { try model(family: "boosting") }
  static let blend = Result { try model(family: "blend") }
  static let logistic = Result { try model(family: "logistic") }

  private static func model(family: String) throws -> StoredModel {
    let text = SimulatedBooks.training(
      name: family, calibration: "platt", family: family,
      boosting: "{rounds: 12, leaves: 6, minimumRows: 40, learningRate: 0.2}")
    return try NightlyTraining(try TrainingConfiguration(yaml: text, file: "simulated.yaml"), threads: 1).run(
      recording: try Recording(paths: [SimulatedBooks.file], to: SimulatedBooks.split), to: SimulatedBooks.split)
  }
}

@Suite("Trees to and from LightGBM's text")
struct InterchangeTests {
  private static func export(_ model: StoredModel, _ part: TreeExport.Part = .whole) throws -> String {
    try TreeExport(model.artefact, part: part).lightGBM()
  }

  private static func imported(_ text: String, like model: StoredModel, path: String = "a/b.txt") throws -> StoredModel
  {
    try TreeImport.lightGBM(Array(text.utf8), path: path, like: model)
  }

  /// The cells of what a model reads and says, header first.
  private static func matrix(_ model: StoredModel) throws -> [[String]] {
    var text = ""
    try ModelMatrixExport(model.artefact).run(
      recording: try Recording(paths: [SimulatedBooks.file]), from: .distantPast
    ) { text += $0 }
    return text.split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private static func numbers(_ column: String, of matrix: [[String]]) throws -> [Double] {
    let position = try #require(matrix.first?.firstIndex(of: column))
    return try matrix.dropFirst().map { try #require(Double($0[position])) }
  }

  @Test("what is exported and imported like itself reads the same inputs and says the same of every row")
  func roundTrip() throws {
    let model = try Trained.boosting.get()
    let back = try Self.imported(try Self.export(model), like: model)
    let (ours, theirs) = (try Self.matrix(model), try Self.matrix(back))
    #expect(ours.count > 1_000 && ours.count == theirs.count)
    let position = try #require(ours.first?.firstIndex(of: "log_odds"))
    for (one, other) in zip(ours, theirs) {
      #expect(one[..<position] == other[..<position] && one[(position + 1)...] == other[(position + 1)...])
    }
    let (before, after) = (try Self.numbers("log_odds", of: ours), try Self.numbers("log_odds", of: theirs))
    #expect(Set(before).count > 20)
    for (one, other) in zip(before, after) { #expect(abs(one - other) <= 1e-12) }
    #expect(ours.contains { $0[3..<position].contains("") })
  }

  @Test("an uncalibrated model and its import are judged alike")
  func evaluation() throws {
    let model = try Trained.boosting.get()
    let twin = try Self.imported(try Self.export(model), like: model)
    let twice = try Self.imported(try Self.export(twin), like: twin)
    let reports = try [twin, twice].map { model in
      try ModelEvaluation.report(
        on: try ScoredRecording(
          model.artefact, recording: try Recording(paths: [SimulatedBooks.file]), from: SimulatedBooks.split),
        of: model.artefact)
    }
    #expect(try StableJSON.text(of: reports[0]) == StableJSON.text(of: reports[1]))
    #expect(try #require(reports[0].overall.onset.model.rocArea.value) > 0.6)
  }

  @Test("an import takes everything but the trees from the other model and says so")
  func origin() throws {
    let model = try Trained.boosting.get()
    let text = try Self.export(model)
    let back = try Self.imported(text, like: model, path: "some/where/theirs.txt")
    let (one, other) = (back.artefact, model.artefact)
    #expect(one.name == "boosting-imported")
    #expect(one.task == other.task && one.thresholds == other.thresholds && one.features == other.features)
    #expect(one.inputs == other.inputs && one.groups == other.groups)
    #expect(one.calibrator == .identity && other.calibrator != .identity)
    guard case .imported(let record) = one.origin, let training = other.origin.training else {
      Issue.record("one is not imported, or the other not trained")
      return
    }
    #expect(record.file.name == "theirs.txt" && record.file.byteCount == text.utf8.count)
    #expect(record.matching == .byName)
    #expect(record.template.name == "boosting" && record.template.rates == training.rates)
    #expect(record.template.from == training.from && record.template.files == training.files)
    #expect(back.card.contains(record.file.sha256) && back.card.contains("Gate: not judged"))
    #expect(!back.card.contains("## Walk-forward"))
    #expect(back.configuration.hasSuffix(model.configuration) && back.configuration.hasPrefix("# "))
  }

  @Test("a model like an imported one keeps the name and the source of that")
  func likeImported() throws {
    let model = try Trained.boosting.get()
    let text = try Self.export(model)
    let first = try Self.imported(text, like: model)
    let second = try Self.imported(text, like: first)
    #expect(second.artefact.name == first.artefact.name && second.configuration == first.configuration)
    guard case .imported(let record) = second.artefact.origin else {
      Issue.record("the model is not imported")
      return
    }
    #expect(record.template.name == "boosting")
  }

  @Test("an imported model is saved and loads, and is never promoted")
  func publication() throws {
    let model = try Trained.boosting.get()
    let directory = Scratch.path("models")
    let back = try Self.imported(try Self.export(model), like: model)
    guard case .refused(let path, _) = try NightlyTraining.publish(back, in: directory) else {
      Issue.record("the model was promoted")
      return
    }
    #expect(try StoredModel.load(path).artefact.classifier == back.artefact.classifier)
    #expect(throws: StoreFailure.noModel(directory: directory)) { try StoredModel.load(directory) }
  }

  @Test("the trees of a blend are written when they are asked for, and the matrix has their log-odds")
  func blend() throws {
    let model = try Trained.blend.get()
    let refusal = #expect(throws: InterchangeFailure.self) { try Self.export(model) }
    #expect(refusal == .blend(model: "blend"))
    #expect("\(try #require(refusal))".contains("--part boosted"))
    let back = try Self.imported(try Self.export(model, .boosted), like: model)
    let whole = try Self.matrix(model)
    let trees = try Self.numbers("boosted_log_odds", of: whole)
    let read = try Self.numbers("log_odds", of: try Self.matrix(back))
    for (one, other) in zip(trees, read) { #expect(abs(one - other) <= 1e-12) }
    guard case .blend(let parts) = model.artefact.classifier else {
      Issue.record("the model is no blend")
      return
    }
    let linear = try Self.numbers("linear_log_odds", of: whole)
    for (mixed, pair) in zip(try Self.numbers("log_odds", of: whole), zip(linear, trees)) {
      #expect(
        mixed == BlendedClassifier.mixed(linear: pair.0, boosted: pair.1, boostedWeight: parts.boostedWeight))
    }
  }

  @Test("a logistic regression has no trees to write", arguments: TreeExport.Part.allCases)
  func logistic(_ part: TreeExport.Part) throws {
    let model = try Trained.logistic.get()
    #expect(throws: InterchangeFailure.noTrees(model: "logistic")) { try Self.export(model, part) }
  }

  @Test("what the columns are and what is not written is said with an export")
  func notes() throws {
    let boosting = try TreeExport(try Trained.boosting.get().artefact, part: .whole).notes.joined(separator: "\n")
    #expect(boosting.contains("12 trees over the 6 inputs of boosting"))
    #expect(boosting.contains("at least -2.0: depth_100bp, ewma_depth_100bp_fast, depth_minimum_100bp_1h, depth_50bp"))
    #expect(boosting.contains("calibrator") && !boosting.contains("logistic"))
    #expect(
      try TreeExport(try Trained.blend.get().artefact, part: .boosted).notes.contains { $0.contains("logistic") })
  }
}

extension InterchangeTests {
  /// The trees of the boosting model over columns in another order and of other names.
  private static func moved(_ rename: (Int, String) -> String, order: ([Int]) -> [Int] = { $0 }) throws -> String {
    let ensemble = try #require(try Trained.boosting.get().artefact.classifier.boosted).ensemble
    let order = order(Array(ensemble.columnNames.indices))
    let trees = try ensemble.trees.map { tree in
      let splits = try tree.splits.map { split in
        RegressionTree.Split(
          column: try #require(order.firstIndex(of: split.column)), threshold: split.threshold, missing: split.missing,
          left: split.left, right: split.right, gain: split.gain, value: split.value, rows: split.rows,
          hessian: split.hessian)
      }
      return try #require(RegressionTree(splits: splits, leaves: tree.leaves))
    }
    let names = order.enumerated().map { rename($0, ensemble.columnNames[$1]) }
    return LightGBMText.text(of: try #require(TreeEnsemble(columnNames: names, base: ensemble.base, trees: trees)))
  }

  @Test("columns are matched by name, in whatever order they stand")
  func permuted() throws {
    let model = try Trained.boosting.get()
    let straight = try Self.imported(try Self.export(model), like: model)
    for order in [{ $0.reversed() }, { Array($0[2...] + $0[..<2]) }] as [([Int]) -> [Int]] {
      let text = try Self.moved({ _, name in name }, order: order)
      #expect(text != (try Self.export(model)))
      #expect(try Self.imported(text, like: model).artefact.classifier == straight.artefact.classifier)
    }
  }

  @Test("a file without names is taken in the order of the inputs, and its record says so")
  func unnamed() throws {
    let model = try Trained.boosting.get()
    let back = try Self.imported(try Self.moved { column, _ in "Column_\(column)" }, like: model)
    #expect(
      back.artefact.classifier == (try Self.imported(try Self.export(model), like: model)).artefact.classifier)
    guard case .imported(let record) = back.artefact.origin else {
      Issue.record("the model is not imported")
      return
    }
    #expect(record.matching == .inOrder)
    #expect(back.card.contains("without names"))
  }

  @Test("missing and unknown columns are named")
  func otherColumns() throws {
    let model = try Trained.boosting.get()
    let text = try Self.moved { _, name in name == "depth_50bp" ? "depth_51bp" : name }
    let failure = #expect(throws: InterchangeFailure.self) { try Self.imported(text, like: model) }
    #expect(failure == .otherColumns(file: "a/b.txt", missing: ["depth_50bp"], unknown: ["depth_51bp"]))
    #expect("\(try #require(failure))".hasSuffix("missing depth_50bp; unknown depth_51bp"))
  }

  @Test("a column that stands twice is named")
  func repeatedColumn() throws {
    let model = try Trained.boosting.get()
    let text = try Self.moved { _, name in name == "depth_50bp" ? "depth_100bp" : name }
    #expect(throws: InterchangeFailure.repeatedColumns(file: "a/b.txt", ["depth_100bp"])) {
      try Self.imported(text, like: model)
    }
  }

  @Test("a file without names must have as many columns as there are inputs")
  func columnCount() throws {
    let model = try Trained.boosting.get()
    let names = (0..<4).map { "Column_\($0)" }
    let leaf = RegressionTree.Leaf(value: 0.5, rows: 1, hessian: 1)
    let tree = try #require(RegressionTree(splits: [], leaves: [leaf]))
    let text = LightGBMText.text(of: try #require(TreeEnsemble(columnNames: names, base: 0, trees: [tree])))
    #expect(throws: InterchangeFailure.columnCount(file: "a/b.txt", 4, inputs: 6)) {
      try Self.imported(text, like: model)
    }
  }

  @Test("a file that is no such model is refused with its name and line")
  func unreadable() throws {
    let model = try Trained.boosting.get()
    let text = try Self.export(model)
    for damaged in ["", "tree\n", text.replacingOccurrences(of: "objective=binary", with: "objective=regression")] {
      let failure = #expect(throws: InterchangeFailure.self) { try Self.imported(damaged, like: model) }
      #expect("\(try #require(failure))".hasPrefix("a/b.txt:"))
    }
    let failure = #expect(throws: InterchangeFailure.self) {
      try TreeImport.lightGBM([0x74, 0xff], path: "a/b.txt", like: model)
    }
    #expect(failure == .unreadable("a/b.txt: not UTF-8 text"))
  }
}
