namespace TakeItDown.Matching.Telemetry;

/// <summary>A part of a scan that takes notable time.</summary>
internal sealed class ScanStage
{
    /// <summary>Reading the upload, and digesting it on the way. As long as the uploader takes.</summary>
    public static readonly ScanStage Read = new("read");

    /// <summary>Looking up digests, or the hashes of a picture.</summary>
    public static readonly ScanStage LookUp = new("lookup");

    /// <summary>Decoding and hashing a picture, once it is its turn.</summary>
    public static readonly ScanStage Picture = new("picture");

    /// <summary>Decoding a video, hashing its frames and looking them up, waiting for a turn included.</summary>
    public static readonly ScanStage Video = new("video");

    private ScanStage(string name) => (Name, ActivityName) = (name, $"{TelemetryNames.ScanActivity}.{name}");

    /// <summary>The value of the tag.</summary>
    public string Name { get; }

    /// <summary>The name of the activity.</summary>
    public string ActivityName { get; }
}
