using System.Text.RegularExpressions;

namespace TakeItDown.Matching.Tests.Architecture;

/// <summary>The rooms of the house depend on each other in one direction only: a file names no room above its own. See docs/architecture.md.</summary>
public sealed partial class ArrowTests
{
    /// <summary>The rooms of the core, from the roof to the ground floor.</summary>
    private static readonly string[] Rooms =
    [
        "DependencyInjection", "Scanning", "Lists", "Feedback", "Registries", "Content", "Videos", "Pictures", "Input", "Floods", "Storage", "Indexing", "Pdq",
        "Options", "Telemetry", "Kernels",
    ];

    [Fact]
    public void Arrows_between_the_rooms_of_the_core_point_downward()
    {
        var root = Path.Combine(TestData.Root, "src", "TakeItDown.Matching");
        Assert.Equal(Rooms.Order(StringComparer.Ordinal), Folders(root).Order(StringComparer.Ordinal));
        var upward = Arrows(root, "TakeItDown.Matching").Where(arrow => Array.IndexOf(Rooms, arrow.To) < Array.IndexOf(Rooms, arrow.From));
        Assert.Empty(upward.Select(arrow => $"{arrow.File} names {arrow.To}, which is above {arrow.From}"));
    }

    [Theory]
    [InlineData("src/TakeItDown.Matching.Sqlite", "TakeItDown.Matching.Sqlite")]
    [InlineData("src/TakeItDown.Matching.AspNetCore", "TakeItDown.Matching.AspNetCore")]
    [InlineData("src/TakeItDown.Matching.Tool", "TakeItDown.Matching.Tool")]
    [InlineData("reference/Registry", "Registry")]
    public void Rooms_elsewhere_stand_in_no_circle(string project, string root)
    {
        var arrows = Arrows(Path.Combine(TestData.Root, project), root).Select(arrow => (arrow.From, arrow.To)).Distinct().ToList();
        // Takes away, again and again, the rooms that depend on no other; what is left stands in a circle, or above one.
        while (arrows.RemoveAll(arrow => arrows.TrueForAll(other => other.From != arrow.To)) > 0) { }
        Assert.Empty(arrows.Select(arrow => $"{arrow.From} -> {arrow.To}"));
    }

    private static IEnumerable<string> Folders(string root) =>
        Directory.EnumerateDirectories(root).Select(folder => Path.GetFileName(folder)!).Where(folder => folder is not ("bin" or "obj" or "web" or "wwwroot"));

    /// <summary>Which room names which, file by file. What lies beside the rooms is above them all.</summary>
    private static IEnumerable<(string File, string From, string To)> Arrows(string root, string space)
    {
        foreach (var room in Folders(root))
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(root, room), "*.cs", SearchOption.AllDirectories))
            {
                foreach (var named in Named(File.ReadAllText(file), space).Where(named => named != room)) yield return (Path.GetFileName(file), room, named);
            }
        }
    }

    /// <summary>The rooms that a file names in its using lines.</summary>
    private static IEnumerable<string> Named(string code, string space) =>
        Using().Matches(code).Select(match => match.Groups["name"].Value)
            .Where(name => name.StartsWith(space + '.', StringComparison.Ordinal))
            .Select(name => name[(space.Length + 1)..].Split('.')[0]);

    [GeneratedRegex(@"^using (static |\w+ = )?(?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Using();
}
