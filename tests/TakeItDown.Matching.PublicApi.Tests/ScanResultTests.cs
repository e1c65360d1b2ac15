namespace TakeItDown.Matching.PublicApi.Tests;

/// <summary>What an answer says of itself.</summary>
public class ScanResultTests
{
    [Fact]
    public void Only_what_may_be_otherwise_in_a_moment_is_transient()
    {
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            foreach (var reason in Enum.GetValues<ScanReason>())
            {
                var expected = verdict == Verdict.ListUnavailable || (verdict == Verdict.NotScannable && reason is ScanReason.Busy or ScanReason.TimedOut);
                Assert.Equal(expected, new ScanResult { Verdict = verdict, Reason = reason }.IsTransient);
            }
        }
    }
}
