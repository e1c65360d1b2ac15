using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Logging;
using TakeItDown.Matching.Tests;

namespace TakeItDown.Matching.PublicApi.Tests;

/// <summary>docs/log-events.md lists every event that the packages log, as the code has it.</summary>
public sealed class LogEventTests
{
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Assembly[] Libraries = [typeof(MatchingOptions).Assembly, typeof(SqliteListStore).Assembly, typeof(UploadPolicyOptions).Assembly];

    [Fact]
    public void The_table_is_what_the_code_logs()
    {
        var page = File.ReadAllLines(Path.Combine(TestData.Root, "docs", "log-events.md")).Where(line => line.Length > 2 && char.IsDigit(line[2]) && line.Count(letter => letter == '|') > 4).ToList();
        var code = Events().Select(logged => string.Create(CultureInfo.InvariantCulture, $"| {logged.Id} | {logged.Name} | {logged.Level} | {logged.Text} |")).ToList();

        var wrong = page.Except(code).Select(line => "- " + line).Concat(code.Except(page).Select(line => "+ " + line)).ToList();

        Assert.True(wrong.Count == 0, $"docs/log-events.md is not what the code logs. Take out '-', put in '+':\n{string.Join('\n', wrong)}");
        Assert.Equal(code, page);
    }

    [Fact]
    public void Numbers_and_names_are_told_apart()
    {
        var numbered = Events().Where(logged => logged.Id >= 100).ToList();
        Assert.DoesNotContain(numbered.CountBy(logged => logged.Id), count => count.Value > 1);
        Assert.DoesNotContain(Events().CountBy(logged => logged.Name), count => count.Value > 1);
    }

    private static IEnumerable<(int Id, string Name, LogLevel Level, string Text)> Events() =>
        from assembly in Libraries
        from type in assembly.GetTypes()
        from method in type.GetMethods(All)
        let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
        where attribute is not null
        let name = attribute.EventName ?? method.Name
        orderby attribute.EventId, name
        select (attribute.EventId, name, attribute.Level, attribute.Message);
}
