internal import MarketData

/// Files with their lengths and digests.
struct FileTable {
  let table: TextTable

  init(_ files: [FileDigest]) {
    var table = TextTable([("file", .left), ("bytes", .right), ("SHA-256", .left)])
    for file in files { table.append([file.name, Figures.count(file.byteCount), file.sha256]) }
    self.table = table
  }
}
