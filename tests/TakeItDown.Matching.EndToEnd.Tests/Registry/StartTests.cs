extern alias ReferenceRegistry;

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ReferenceRegistry::Registry;
using ReferenceRegistry::Registry.Faults;
using static TakeItDown.Matching.EndToEnd.Tests.Registry.RegistryHost;

namespace TakeItDown.Matching.EndToEnd.Tests.Registry;

public sealed class StartTests
{
    [Fact]
    public void A_registry_that_nobody_could_read_does_not_start()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => RegistryApp.Create([]));
        Assert.Contains("Registry:Members:0:Id", refusal.Message);
    }

    [Theory]
    [InlineData("--Registry:PageSize", "0", "PageSize")]
    [InlineData("--Registry:PageSize", "10001", "PageSize")]
    [InlineData("--Registry:Root", "npo", "Root")]
    [InlineData("--Registry:Root", "/npo/", "Root")]
    [InlineData("--Registry:Database", "", "Database")]
    [InlineData("--Registry:SubmissionsPerMinute", "0", "SubmissionsPerMinute")]
    [InlineData("--Registry:LookupsPerMinute", "0", "LookupsPerMinute")]
    [InlineData("--Registry:TakeItDownMember", "7", "id 7 is that of Take It Down")]
    [InlineData("--Registry:Members:2:Id", "7", "id 7 is given twice")]
    [InlineData("--Registry:Members:2:User", "other", "needs both a User and a Password")]
    [InlineData("--Registry:Members:1:User", "platform", "user platform is given twice")]
    [InlineData("--Registry:Members:1:User", "plat:form", "colon")]
    [InlineData("--Registry:Members:2:Name", "", "needs a Name")]
    public async Task A_wrong_setting_is_named(string setting, string value, string named)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(setting, value));
        Assert.Contains(named, refusal.Message);
        Assert.DoesNotContain("password\"", refusal.Message);
    }

    [Fact]
    public async Task The_root_and_the_member_can_be_moved()
    {
        await using var registry = await StartAsync("--Registry:Root", "/hash/sharing", "--Registry:TakeItDownMember", "4242");
        await registry.SubmitAsync(Samples.ImageJson("picture"));
        registry.Clock.Now = Start.AddSeconds(10);
        using var moved = await registry.Member.GetAsync("/hash/sharing/v2/entries");
        Assert.Contains("<member id=\"4242\">Take It Down</member>", await moved.Content.ReadAsStringAsync());
        using var old = await registry.Member.GetAsync("/npo/v2/entries");
        Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);
    }

    [Fact]
    public async Task Without_being_asked_no_faults_exist()
    {
        var folder = Directory.CreateTempSubdirectory("registry-");
        await using (var app = RegistryApp.Create(
            [
                "--Registry:Database", Path.Combine(folder.FullName, "registry.db"), "--Registry:Members:0:Id", "7",
                "--Registry:Members:0:Name", "Platform", "--Registry:Members:0:User", "platform", "--Registry:Members:0:Password", "password",
            ]))
        {
            Assert.Null(app.Services.GetService<RegistryFaults>());
        }
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_plain_page_stands_in_for_the_one_that_is_not_built()
    {
        await using var registry = await StartAsync();
        var page = await registry.Http.GetStringAsync("/");
        Assert.Contains("/plain.js", page);
        Assert.DoesNotContain("<script>", page);
        Assert.DoesNotContain("style=", page);
        using var script = await registry.Http.GetAsync("/plain.js");
        Assert.Equal("text/javascript", script.Content.Headers.ContentType!.MediaType);
        using var style = await registry.Http.GetAsync("/plain.css");
        Assert.Equal("text/css", style.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_page_that_is_built_is_served()
    {
        var root = Directory.CreateTempSubdirectory("page-");
        await File.WriteAllTextAsync(Path.Combine(root.FullName, "index.html"), "the page");
        await File.WriteAllTextAsync(Path.Combine(root.FullName, "worker.js"), "the worker");
        await using (var registry = await StartAsync("--webroot", root.FullName))
        {
            Assert.Equal("the page", await registry.Http.GetStringAsync("/"));
            Assert.Equal("the worker", await registry.Http.GetStringAsync("/worker.js"));
            using var plain = await registry.Http.GetAsync("/plain.js");
            Assert.Equal(HttpStatusCode.NotFound, plain.StatusCode);
            using var api = await registry.Http.GetAsync("/api/submissions/0000-0000-0000");
            Assert.Equal("application/problem+json", api.Content.Headers.ContentType!.MediaType);
        }
        root.Delete(recursive: true);
    }
}
