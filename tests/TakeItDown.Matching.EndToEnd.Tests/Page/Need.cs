namespace TakeItDown.Matching.EndToEnd.Tests.Page;

/// <summary>What a test cannot run without: its absence skips the test with a reason, and fails it in continuous integration.</summary>
internal static class Need
{
    public static void Program(string path, string name) => That(File.Exists(path), $"{name} is absent: {path}");

    public static void That(bool present, string reason)
    {
        if (present) return;
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(reason);
        Assert.Skip(reason);
    }
}
