using System.Reflection;
using TakeItDown.Matching.Tests;

namespace TakeItDown.Matching.PublicApi.Tests;

/// <summary>What partners compile against changes only on purpose.</summary>
public class PublicSurfaceTests
{
    private const string AcceptVariable = "TAKEITDOWN_ACCEPT_API";

    public static TheoryData<string> Libraries => ["TakeItDown.Matching.Abstractions", "TakeItDown.Matching", "TakeItDown.Matching.Sqlite", "TakeItDown.Matching.AspNetCore"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_surface_is_the_one_that_was_agreed(string library)
    {
        var path = Path.Combine(Folder(), "PublicApi", library + ".txt");
        var actual = ApiPrinter.Print(Assembly.Load(library));
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1") File.WriteAllText(path, actual);
        var agreed = File.Exists(path) ? File.ReadAllText(path) : "";

        var (before, after) = (agreed.Split('\n'), actual.Split('\n'));
        var changes = before.Except(after).Select(line => "- " + line.Trim()).Concat(after.Except(before).Select(line => "+ " + line.Trim()));
        Assert.True(agreed == actual, $"The public surface of {library} differs from {path}. If that is meant, run the test with {AcceptVariable}=1 and commit the file.\n{string.Join('\n', changes)}");
    }

    // Not by the path of this source file, which deterministic builds rewrite.
    private static string Folder() => Path.Combine(TestData.Root, "tests", "TakeItDown.Matching.PublicApi.Tests");
}
