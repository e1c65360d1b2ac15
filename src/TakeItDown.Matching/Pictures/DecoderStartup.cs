using Microsoft.Extensions.Hosting;

namespace TakeItDown.Matching.Pictures;

/// <summary>Loads native code before the first upload comes, so that what is missing is said at start.</summary>
/// <param name="pictures">Looks for its decoders' native parts when it is made.</param>
internal sealed class DecoderStartup(PictureHasher pictures) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        GC.KeepAlive(pictures);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
