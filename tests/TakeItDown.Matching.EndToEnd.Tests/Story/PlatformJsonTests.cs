extern alias UploadApiSample;

using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using UploadApiSample::UploadApi;

namespace TakeItDown.Matching.EndToEnd.Tests.Story;

public sealed class PlatformJsonTests
{
    /// <summary>Names of entries and members, classifications and a registry's reasons reach the staff's pages and terminals as JSON.</summary>
    [Fact]
    public async Task What_a_registry_says_reaches_staff_without_characters_that_nobody_sees()
    {
        await using var app = UploadApp.Create([]);
        var options = app.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        const string Said = "\u202Egpj.exe\u2066\u200B\u2028\u001B[31m\u009B";
        var json = JsonSerializer.Serialize(Said, options);
        Assert.All(json, character => Assert.InRange(character, ' ', '~'));
        Assert.Equal(Said, JsonSerializer.Deserialize<string>(json, options));
    }
}
