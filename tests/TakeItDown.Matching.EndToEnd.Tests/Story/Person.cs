using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.EndToEnd.Tests.Registry;
using TakeItDown.Matching.Tests;

namespace TakeItDown.Matching.EndToEnd.Tests.Story;

/// <summary>A person's device: it computes hashes, and only they leave it.</summary>
internal static class Person
{
    public static async Task<IReadOnlyList<HashValue>> HashAsync(string fixture)
    {
        await using var services = new ServiceCollection().AddTakeItDownMatching().Services.BuildServiceProvider();
        await using var file = File.OpenRead(TestData.Fixture($"images/{fixture}"));
        var hashes = await services.GetRequiredService<IContentHasher>().HashAsync(file);
        return [.. hashes.Digests, hashes.Pdq!.Value.Hash.ToValue()];
    }

    /// <summary>Submits a picture's hashes, and gives the case number and the secret.</summary>
    public static async Task<(string Case, string Secret)> SubmitAsync(RegistryHost registry, string fixture) =>
        await registry.SubmitAsync(Samples.ItemJson("image", await HashAsync(fixture)));

    public static async Task WithdrawAsync(RegistryHost registry, (string Case, string Secret) receipt)
    {
        using var answer = await registry.CaseAsync(HttpMethod.Delete, receipt.Case, receipt.Secret);
        Assert.Equal(System.Net.HttpStatusCode.NoContent, answer.StatusCode);
    }
}
