import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The texts, circles and coordinates of a picture that parses as XML.
final class SVGReader: NSObject, XMLParserDelegate {
  private(set) var texts: [String] = []
  private(set) var circles = 0
  private(set) var rectangles = 0
  private(set) var polygons = 0
  private(set) var numbers: [String] = []
  private var text: String?

  static func read(_ svg: String) throws -> SVGReader {
    let reader = SVGReader()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = reader
    let isWellFormed = parser.parse()
    try #require(isWellFormed, "\(String(describing: parser.parserError)) at line \(parser.lineNumber)")
    return reader
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    if name == "text" { text = "" }
    if name == "circle" { circles += 1 }
    if name == "rect" { rectangles += 1 }
    if name == "polygon" { polygons += 1 }
    for key in ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height"] where attributes[key] != "100%" {
      if let value = attributes[key] { numbers.append(value) }
    }
    let points = attributes["points"] ?? ""
    numbers += points.split { $0 == " " || $0 == "," }.map(String.init)
  }

  func parser(_ parser: XMLParser, foundCharacters characters: String) {
    text?.append(characters)
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    guard name == "text", let ended = text else { return }
    texts.append(ended)
    text = nil
  }
}
