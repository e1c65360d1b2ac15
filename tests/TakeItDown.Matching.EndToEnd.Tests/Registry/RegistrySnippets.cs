extern alias ReferenceRegistry;

using Microsoft.Extensions.DependencyInjection;
using ReferenceRegistry::Registry;
using ReferenceRegistry::Registry.Faults;

namespace TakeItDown.Matching.EndToEnd.Tests.Registry;

/// <summary>What reference/Registry/README.md shows.</summary>
internal static class RegistrySnippets
{
    public static async Task AddFaults(string[] args)
    {
        // snippet: faults
        await using var app = RegistryApp.Create(args, builder => builder.Services.AddSingleton<RegistryFaults>());
        var faults = app.Services.GetRequiredService<RegistryFaults>();
        faults.Add(AnswerFaults.Status(429, retryAfter: TimeSpan.FromSeconds(5)));
        faults.Add(DocumentFaults.NextLoops(), times: 3);
        // end of snippet
    }
}
