using Microsoft.Extensions.Hosting;

namespace TakeItDown.Matching.DependencyInjection;

/// <summary>
/// Lets the package for ASP.NET Core look at the endpoints when a host starts. Endpoints are mapped after the services were registered, and known
/// once all hosted services have started; an exception still stops the host.
/// </summary>
internal sealed class StartCheck(IServiceProvider services) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        EndpointStart.Check?.Invoke(services);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
