using System.Text;
using System.Xml;

namespace Registry.Sharing;

/// <summary>An XML document as an answer: written whole into memory, so that its length is known and a failure is a clean 500.</summary>
internal sealed class XmlAnswer(Action<XmlWriter> write) : IResult
{
    public const string Namespace = "https://hashsharing.ncmec.org/hashsharing/v2";

    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CheckCharacters = true };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var body = new MemoryStream();
        using (var writer = XmlWriter.Create(body, Settings))
        {
            writer.WriteStartDocument(standalone: true);
            write(writer);
        }
        httpContext.Response.ContentType = "application/xml; charset=utf-8";
        httpContext.Response.ContentLength = body.Length;
        body.Position = 0;
        await body.CopyToAsync(httpContext.Response.Body, httpContext.RequestAborted);
    }
}
