using TakeItDown.Matching.EndToEnd.Tests.Registry;
using static TakeItDown.Matching.EndToEnd.Tests.Tool.HashTests;

namespace TakeItDown.Matching.EndToEnd.Tests.Tool;

public sealed class MembersTests
{
    private const string Password = "platform password";

    [Fact]
    public async Task Members_are_printed_with_their_ids_and_names()
    {
        await using var registry = await RegistryHost.StartAsync();
        var run = await RunAsync(registry);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.All(run.Lines, line => Assert.Equal(["id", "name"], line.EnumerateObject().Select(field => field.Name)));
        Assert.Equal(["1 Take It Down", "7 Example Platform", "8 Limited Platform", "9 Another Member"], run.Lines.Select(line => $"{Text(line, "id")} {Text(line, "name")}"));
    }

    [Fact]
    public async Task A_refused_password_is_said_in_words()
    {
        await using var registry = await RegistryHost.StartAsync();
        var run = await RunAsync(registry, "a wrong password");
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("it refused the credentials (401)", Assert.Single(run.Complaints), StringComparison.Ordinal);
        Assert.DoesNotContain("a wrong password", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_not_safe_is_bad_usage()
    {
        var run = await ToolProcess.RunWithPasswordAsync(Password, "members", "--registry", "http://registry.example/npo", "--user", "u", "--password-env", "REGISTRY_PASSWORD");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("not HTTPS", run.Errors, StringComparison.Ordinal);
    }

    internal static Task<ToolRun> RunAsync(RegistryHost registry, string password = Password) => ToolProcess.RunWithPasswordAsync(
        password, "members", "--registry", new Uri(registry.Http.BaseAddress!, "npo").AbsoluteUri, "--user", "platform", "--password-env", "REGISTRY_PASSWORD");
}
