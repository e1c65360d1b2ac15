namespace TakeItDown.Matching.Tests;

/// <summary>Where tests find pictures: fixtures of the project's own, and third-party conformance data that is read in place.</summary>
internal static class TestData
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    public static string Fixtures { get; } = Path.Combine(Root, "tests", "fixtures");

    /// <summary>The path of a fixture, such as <c>images/landscape.jpg</c>.</summary>
    public static string Fixture(string name) => Path.Combine(Fixtures, name);

    /// <summary>The path of conformance data beside the checkout; the test is skipped where it is absent.</summary>
    public static string Conformance(string name)
    {
        var path = Path.Combine(Root, "..", "shared", "conformance", name);
        Assert.SkipUnless(Path.Exists(path), $"third-party conformance data is absent: shared/conformance/{name}");
        return Path.GetFullPath(path);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TakeItDown.Matching.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException("The tests run from within the checkout.");
    }
}
