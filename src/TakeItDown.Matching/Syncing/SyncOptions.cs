namespace TakeItDown.Matching;

/// <summary>Stub, replaced at merge.</summary>
public sealed class SyncOptions
{
    /// <summary>Stub.</summary>
    public TimeSpan MaximumAge { get; set; } = TimeSpan.FromHours(24);
}
