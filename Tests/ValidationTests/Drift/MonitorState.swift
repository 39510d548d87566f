import Checkpoints

/// The bytes of a monitor's memory.
struct MonitorState<Monitor: Resumable> {
  let bytes: [UInt8]

  init(_ monitor: Monitor) {
    var archive = StateArchive()
    var monitor = monitor
    try? archive.exchange(&monitor)
    bytes = archive.bytes
  }

  /// A monitor that begins, with this memory.
  func restored(in blank: Monitor) throws -> Monitor {
    var archive = StateArchive(reading: bytes)
    var monitor = blank
    try archive.exchange(&monitor)
    try archive.finish()
    return monitor
  }
}
