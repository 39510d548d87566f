#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// One snapshot's way from the base to its log-odds, a bar for each input's step.
struct WaterfallPanel {
  private let snapshot: SnapshotExplanation
  private let scale: ExplanationReport.Scale

  private static let (plotRight, barHeight) = (735.0, 12.0)
  private static let mostTicks = 8.0

  init(_ snapshot: SnapshotExplanation, scale: ExplanationReport.Scale) {
    self.snapshot = snapshot
    self.scale = scale
  }

  /// Draws the panel and returns the place below it.
  func draw(_ drawing: inout SVGDrawing, top: Double) -> Double {
    typealias Picture = ExplanationPicture
    drawing.text(snapshot.title, x: 15, y: top + 10, SVGDrawing.Lettering(size: 12, isBold: true))
    drawing.text(snapshot.facts, x: 15, y: top + 25, SVGDrawing.Lettering(size: 10))
    drawing.text(
      "running sum", x: Picture.right, y: top + 25, SVGDrawing.Lettering(anchor: .end, size: 9, colour: "#555"))
    let first = top + 34
    let bottom = first + Double(snapshot.steps.count + 2) * Picture.row
    axis(&drawing, top: first - 4, bottom: bottom)
    mark("base: mean of the training rows", snapshot.base, y: first, &drawing)
    var previous = snapshot.base
    for (index, step) in snapshot.steps.enumerated() {
      draw(step, from: previous, y: first + Double(index + 1) * Picture.row, &drawing)
      previous = step.runningSum
    }
    let last = bottom - Picture.row
    drawing.line((x(previous), last - 6), (x(previous), last), SVGDrawing.Stroke())
    mark("log-odds", snapshot.logOdds, y: last, &drawing)
    return bottom + 48
  }

  private func draw(
    _ step: SnapshotExplanation.Step, from previous: Double, y: Double, _ drawing: inout SVGDrawing
  ) {
    let (start, end) = (x(previous), x(step.runningSum))
    let value = step.value.map { " = \(Figures.decimal($0, 2)) \(step.unit)" } ?? ""
    drawing.text(
      step.feature + value, x: ExplanationPicture.left - 8, y: y + 10, SVGDrawing.Lettering(anchor: .end, size: 10))
    drawing.line((start, y - 6), (start, y + Self.barHeight))
    drawing.rectangle(
      x: min(start, end), y: y, width: abs(end - start), height: Self.barHeight,
      fill: step.contribution > 0 ? SVGDrawing.orange : SVGDrawing.hatchedBlue)
    drawing.text(Figures.signed(step.contribution, 2), x: max(start, end) + 5, y: y + 10)
    runningSum(step.runningSum, y: y, &drawing)
  }

  /// A diamond where the way begins or ends.
  private func mark(_ words: String, _ logOdds: Double, y: Double, _ drawing: inout SVGDrawing) {
    let (x, middle) = (x(logOdds), y + Self.barHeight / 2)
    drawing.text(
      words, x: ExplanationPicture.left - 8, y: y + 10, SVGDrawing.Lettering(anchor: .end, size: 10, isBold: true))
    drawing.polygon(
      [(x, middle - 6), (x + 6, middle), (x, middle + 6), (x - 6, middle)], fill: "#000", stroke: "#000")
    runningSum(logOdds, y: y, &drawing)
  }

  private func runningSum(_ sum: Double, y: Double, _ drawing: inout SVGDrawing) {
    drawing.text(
      Figures.decimal(sum, 2), x: ExplanationPicture.right, y: y + 10, SVGDrawing.Lettering(anchor: .end, size: 10))
  }

  /// The frame with log-odds below it, and the probabilities that they mean.
  private func axis(_ drawing: inout SVGDrawing, top: Double, bottom: Double) {
    let left = ExplanationPicture.left
    for tick in ticks {
      drawing.line((x(tick), top), (x(tick), bottom), SVGDrawing.Stroke(colour: "#ddd"))
      drawing.text(label(tick), x: x(tick), y: bottom + 12, SVGDrawing.Lettering(anchor: .middle, size: 9))
      guard scale == .calibrated else { continue }
      drawing.text(
        Figures.percent(1 / (1 + exp(-tick))), x: x(tick), y: bottom + 23,
        SVGDrawing.Lettering(anchor: .middle, size: 9, colour: "#555"))
    }
    drawing.line((left, bottom), (Self.plotRight, bottom), SVGDrawing.Stroke(colour: "#555"))
    drawing.text("log-odds", x: left - 8, y: bottom + 12, SVGDrawing.Lettering(anchor: .end, size: 9))
    guard scale == .calibrated else { return }
    drawing.text(
      "probability", x: left - 8, y: bottom + 23, SVGDrawing.Lettering(anchor: .end, size: 9, colour: "#555"))
  }

  /// The log-odds from the least to the largest running sum, with some room.
  private var range: (low: Double, high: Double) {
    let sums = ([snapshot.base, snapshot.logOdds] + snapshot.steps.map(\.runningSum)).filter(\.isFinite)
    let (low, high) = (sums.min() ?? 0, sums.max() ?? 0)
    let room = max(0.1, 0.05 * (high - low))
    return (low - room, high + room)
  }

  /// Round numbers 1, 2 or 5 times a power of ten apart, few enough to be read.
  private var ticks: [Double] {
    let (low, high) = range
    let least = (high - low) / Self.mostTicks
    let power = pow(10, floor(log10(least)))
    guard let step = [1, 2, 5, 10].map({ $0 * power }).first(where: { $0 >= least }) else { return [] }
    let first = (low / step).rounded(.up)
    return (0...Int(Self.mostTicks)).map { (first + Double($0)) * step }.filter { $0 <= high }
  }

  private func label(_ tick: Double) -> String {
    let (low, high) = range
    return Figures.decimal(tick, high - low > 4 ? 0 : high - low > 0.4 ? 1 : 2)
  }

  private func x(_ logOdds: Double) -> Double {
    let (low, high) = range
    // Room at the right for the figure beside the longest bar.
    return ExplanationPicture.left + (logOdds - low) / (high - low) * (Self.plotRight - 45 - ExplanationPicture.left)
  }
}
