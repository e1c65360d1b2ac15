using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Registries;
using TakeItDown.Matching.Registries.Ncmec;
using TakeItDown.Matching.Tool.Output;

namespace TakeItDown.Matching.Tool.Commands;

/// <summary><c>takeitdown members</c>: who submits entries to a registry, and by which ids.</summary>
internal static class MembersCommand
{
    private const string ListName = "take-it-down";

    public static Command Create()
    {
        var command = new Command("members", "Print the members of a registry, each with its id and name. 'sync --member' takes the id.");
        var registry = new RegistryArguments();
        registry.AddTo(command);
        command.SetGuardedAction((parsed, cancelled) => RunAsync(registry.Read(parsed), cancelled));
        return command;
    }

    private static async Task<int> RunAsync(Action<NcmecRegistryOptions> registry, CancellationToken cancellationToken)
    {
        await using var services = ToolServices.Create(builder => builder.AddNcmecRegistry(ListName, options =>
        {
            registry(options);
            // No entry is asked for.
            options.Members.Add(NcmecRegistryOptions.EveryMember);
        }));
        RegistryArguments.Check(services);
        var options = services.GetRequiredService<IOptionsMonitor<NcmecRegistryOptions>>();
        var (http, logger) = (services.GetRequiredService<IHttpClientFactory>(), services.GetRequiredService<ILogger<NcmecClient>>());
        var client = new NcmecClient(ListName, http, TimeProvider.System, logger);
        IReadOnlyList<NcmecMember> members;
        try
        {
            members = await client.GetMembersAsync(() => options.Get(ListName), cancellationToken);
        }
        catch (RegistryRequestException e)
        {
            Complaints.Say($"The registry's members could not be read: {e.Message}.");
            return ExitCode.Incomplete;
        }
        using var output = new JsonLines();
        foreach (var member in members)
        {
            output.Write(json =>
            {
                json.WriteString("id", member.Id);
                json.WriteString("name", member.Name);
            });
        }
        return ExitCode.Done;
    }
}
