public import Markets

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Depth and probability of a market's two sides over time, as a picture in SVG.
///
/// A strip for the depth relative to its threshold, on a logarithmic scale, stands over a strip for the probability;
/// the colours tell the sides apart for colour-blind readers too, and the buy side is dashed for print.
public struct TimelineChart {
  /// One instant of one side.
  public struct Point: Sendable {
    /// The instant.
    public let time: Timestamp
    /// Depth over threshold; below 1 is a shortfall.
    public let relativeDepth: Double
    /// The probability, from 0 to 1.
    public let probability: Double

    /// Creates a point.
    public init(time: Timestamp, relativeDepth: Double, probability: Double) {
      self.time = time
      self.relativeDepth = relativeDepth
      self.probability = probability
    }
  }

  /// One market's points, in time order.
  public struct Panel: Sendable {
    /// What stands over the panel.
    public let title: String
    /// Each side's points.
    public let points: BySide<[Point]>

    /// Creates a panel.
    public init(title: String, points: BySide<[Point]>) {
      self.title = title
      self.points = points
    }
  }

  private let panels: [Panel]
  private let caption: String
  private let start: Timestamp
  private let end: Timestamp

  private static let (width, left, right, strip, gap, head) = (860.0, 70.0, 20.0, 90.0, 26.0, 34.0)
  private static let panelHeight = 2 * strip + 2 * gap + 14

  /// Creates a chart of panels that share the time from `start` to `end`, which must be later.
  public init(_ panels: [Panel], caption: String, start: Timestamp, end: Timestamp) {
    self.panels = panels
    self.caption = caption
    self.start = start
    self.end = end
  }

  /// The picture.
  public func svg() -> String {
    let height = Self.head + Double(panels.count) * Self.panelHeight + 10
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(number(Self.width)) \(number(height))" \
      font-family="sans-serif" font-size="11">
      <rect width="100%" height="100%" fill="white"/>
      <text x="\(number(Self.left))" y="20" font-size="13">\(caption)</text>

      """
    for (index, panel) in panels.enumerated() {
      let top = Self.head + Double(index) * Self.panelHeight
      text += draw(panel, top: top)
    }
    return text + "</svg>\n"
  }

  private func draw(_ panel: Panel, top: Double) -> String {
    let depthTop = top + 14
    let probabilityTop = depthTop + Self.strip + 10
    var text = "<text x=\"\(number(Self.left))\" y=\"\(number(top + 8))\" font-weight=\"bold\">\(panel.title)</text>\n"
    text += frame(
      top: depthTop, title: "depth / threshold", marks: [0.01, 0.1, 1, 10].map { (depthShare($0), "\($0)") })
    text += frame(
      top: probabilityTop, title: "probability", marks: [0, 0.5, 1].map { ($0, "\(Figures.decimal($0 * 100, 0)) %") })
    text += hours(top: probabilityTop + Self.strip)
    for (side, colour, dash) in [(LiquidationSide.sell, "#0072B2", "none"), (.buy, "#D55E00", "5 3")] {
      let points = panel.points[side]
      text += line(points.map { ($0.time, depthShare($0.relativeDepth)) }, top: depthTop, colour: colour, dash: dash)
      text += line(points.map { ($0.time, $0.probability) }, top: probabilityTop, colour: colour, dash: dash)
    }
    return text
  }

  /// Where a relative depth stands in its strip: 0 at a hundredth of the threshold or less, 1 at ten times it or more.
  private func depthShare(_ relative: Double) -> Double {
    relative > 0.01 ? min(1, (log10(relative) + 2) / 3) : 0
  }

  private func frame(top: Double, title: String, marks: [(share: Double, label: String)]) -> String {
    let bottom = top + Self.strip
    let middle = "\(number(14)),\(number(top + Self.strip / 2))"
    var text = """
      <rect x="\(number(Self.left))" y="\(number(top))" width="\(number(Self.width - Self.left - Self.right))" \
      height="\(number(Self.strip))" fill="none" stroke="#999"/>
      <text transform="translate(\(middle)) rotate(-90)" text-anchor="middle" font-size="9">\(title)</text>

      """
    for mark in marks {
      let y = bottom - mark.share * Self.strip
      text += """
        <line x1="\(number(Self.left))" x2="\(number(Self.width - Self.right))" y1="\(number(y))" y2="\(number(y))" \
        stroke="#ddd"/><text x="\(number(Self.left - 5))" y="\(number(y + 4))" text-anchor="end">\(mark.label)</text>

        """
    }
    return text
  }

  private func hours(top: Double) -> String {
    let hour = TimeSpan.hours(1)
    var text = ""
    var time = Timestamp(nanoseconds: start.nanoseconds / hour.nanoseconds * hour.nanoseconds)
    while time <= end {
      if time >= start {
        let label = time.description.dropFirst(11).prefix(5)
        text += "<text x=\"\(number(x(time)))\" y=\"\(number(top + 13))\" text-anchor=\"middle\">\(label)</text>\n"
      }
      time = time + hour
    }
    return text
  }

  private func line(_ points: [(Timestamp, share: Double)], top: Double, colour: String, dash: String) -> String {
    let path = points.map { "\(number(x($0.0))),\(number(top + Self.strip * (1 - $0.share)))" }.joined(separator: " ")
    let marks = points.map { point in
      "<circle cx=\"\(number(x(point.0)))\" cy=\"\(number(top + Self.strip * (1 - point.share)))\" r=\"2\"/>"
    }.joined()
    return """
      <polyline points="\(path)" fill="none" stroke="\(colour)" stroke-width="1.5" stroke-dasharray="\(dash)"/>
      <g fill="\(colour)">\(marks)</g>

      """
  }

  private func x(_ time: Timestamp) -> Double {
    let share = (time - start).seconds / max(1e-9, (end - start).seconds)
    return Self.left + share * (Self.width - Self.left - Self.right)
  }

  private func number(_ value: Double) -> String { Figures.decimal(value, 1).replacing("−", with: "-") }
}
