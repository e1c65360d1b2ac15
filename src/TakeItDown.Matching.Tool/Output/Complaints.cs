using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Tool.Output;

/// <summary>The one way to standard error, but for progress: a line a sentence, which nobody else's text can break out of.</summary>
internal static class Complaints
{
    public static void Say(string sentence) => Console.Error.WriteLine($"takeitdown: {VisibleText.Clean(sentence)}");
}
