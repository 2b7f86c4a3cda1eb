package io.github.persona4j.examples.servlet;

import io.github.persona4j.examples.WebhookServerTest;
import io.github.persona4j.webhook.WebhookHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.ServerConnector;

class WebhookServletTest extends WebhookServerTest {
  @Override
  protected Server start(WebhookHandler webhook) throws Exception {
    var jetty = new org.eclipse.jetty.server.Server();
    ServerConnector connector = new ServerConnector(jetty);
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(new WebhookServlet(webhook)), "/webhook");
    jetty.setHandler(context);
    jetty.start();
    return new Server(connector.getLocalPort(), jetty::stop);
  }
}
